use std::ffi::OsString;

use chrono::Weekday;

use super::{
    super::rows::{get, rows},
    *,
};
use crate::{error::ErrorKind, text::Lang};

const NOTHING: System = System { locale: || None, zone: || None };
const SHANGHAI: System = System { locale: || Some("zh-CN".into()), zone: || Some("Asia/Shanghai".into()) };

/// A home folder with this file of settings.
struct Home(tempfile::TempDir);

impl Home {
    fn new(text: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("config.toml"), text).unwrap();
        Self(home)
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("config.toml")
    }

    fn load(&self, flags: &Flags, variables: &[(&str, &str)], system: System) -> Result<Config> {
        let env = |name: &str| -> Option<OsString> {
            match name {
                "HOME" => Some(self.0.path().into()),
                "CRM_CONFIG" => Some(self.file().into()),
                _ => variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()),
            }
        };
        Config::load_on(flags, &env, system)
    }

    fn fail(&self, flags: &Flags, variables: &[(&str, &str)]) -> Error {
        self.load(flags, variables, NOTHING).unwrap_err()
    }
}

fn origin(config: &Config, code: &str) -> String {
    rows(config).into_iter().find(|(key, ..)| *key == code).unwrap().2.get(Lang::En).to_owned()
}

#[test]
fn the_nearest_wins_and_says_so() {
    let home = Home::new("# first\nlang = \"en\"\nwait = 1\n\n[service]\nresponse.high = \"2h\"\n");
    let file = home.file().display().to_string();
    let config = home.load(&Flags::default(), &[], NOTHING).unwrap();
    assert_eq!((config.lang(), config.wait()), (Lang::En, Duration::from_secs(1)));
    assert_eq!(config.settings().service.response, [86400, 28800, 7200, 3600]);
    assert_eq!(origin(&config, "lang"), format!("{file}:2"));
    assert_eq!(origin(&config, "service.response.high"), format!("{file}:6"));
    assert_eq!(origin(&config, "tz"), "default");

    let variables = [("CRM_LANG", "zh"), ("CRM_WAIT", ""), ("CRM_SERVICE_RESPONSE_HIGH", "3h")];
    let config = home.load(&Flags::default(), &variables, NOTHING).unwrap();
    assert_eq!((config.lang(), config.wait()), (Lang::Zh, Duration::from_secs(1)));
    assert_eq!(config.settings().service.response[2], 3 * 3600);
    assert_eq!(origin(&config, "lang"), "env CRM_LANG");
    assert_eq!(origin(&config, "wait"), format!("{file}:3"));

    let flags = Flags { lang: Some("en".into()), wait: Some("9".into()), ..Flags::default() };
    let config = home.load(&flags, &variables, NOTHING).unwrap();
    assert_eq!((config.lang(), config.wait()), (Lang::En, Duration::from_secs(9)));
    assert_eq!(origin(&config, "lang"), "flag");
}

#[test]
fn what_nobody_sets_follows_the_surroundings() {
    let home = Home::new("");
    let config = home.load(&Flags::default(), &[], SHANGHAI).unwrap();
    assert_eq!((config.lang(), config.tz()), (Lang::Zh, Tz::Asia__Shanghai));
    assert_eq!((config.settings().currency, config.settings().week_start), (Currency::CNY, Weekday::Mon));
    assert_eq!(config.pager(), Some("less -FRX"));

    let variables = [("LANG", "en_US.UTF-8"), ("TZ", ":Europe/Berlin"), ("PAGER", "cat")];
    let config = home.load(&Flags::default(), &variables, SHANGHAI).unwrap();
    assert_eq!((config.lang(), config.tz()), (Lang::En, Tz::Europe__Berlin));
    assert_eq!((config.settings().currency, config.pager()), (Currency::USD, None));
    assert_eq!(get(&config, "pager").unwrap(), "never");

    let variables = [("LC_ALL", "zh_CN"), ("LANG", "en_US"), ("TZ", "CST-8"), ("CRM_CURRENCY", "EUR")];
    let config = home.load(&Flags::default(), &variables, NOTHING).unwrap();
    let found = (config.lang(), config.tz(), config.settings().currency);
    assert_eq!(found, (Lang::Zh, Tz::Etc__GMTMinus8, Currency::EUR));
}

#[test]
fn a_zone_that_cannot_be_read_is_told_unless_another_one_is_named() {
    let home = Home::new("");
    let variables = [("TZ", "XYZ5ABC,J60,J300")];
    let error = home.load(&Flags::default(), &variables, SHANGHAI).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert!(error.message(Lang::En).contains("TZ: 'XYZ5ABC,J60,J300'"), "{error:?}");
    let flags = Flags { tz: Some("UTC".into()), ..Flags::default() };
    assert_eq!(home.load(&flags, &variables, SHANGHAI).unwrap().tz(), Tz::UTC);
    let named = Home::new("tz = \"Asia/Tokyo\"\n");
    assert_eq!(named.load(&Flags::default(), &variables, SHANGHAI).unwrap().tz(), Tz::Asia__Tokyo);
}

#[test]
fn auto_takes_a_choice_back() {
    let home = Home::new("lang = \"zh\"\ntz = \"Asia/Tokyo\"\ncurrency = \"EUR\"\n");
    let variables = [("CRM_LANG", "auto"), ("CRM_TZ", "auto"), ("CRM_CURRENCY", "auto")];
    let config = home.load(&Flags::default(), &variables, NOTHING).unwrap();
    assert_eq!((config.lang(), config.tz(), config.settings().currency), (Lang::En, Tz::UTC, Currency::USD));
}

#[test]
fn the_store_is_named_or_in_the_data_folder() {
    let home = Home::new("store = \"~/team.redb\"\n");
    let config = home.load(&Flags::default(), &[], NOTHING).unwrap();
    assert_eq!(config.store().unwrap(), home.0.path().join("team.redb"));
    let flags = Flags { store: Some("here.redb".into()), ..Flags::default() };
    let config = home.load(&flags, &[("CRM_STORE", "/there.redb")], NOTHING).unwrap();
    assert_eq!(config.store().unwrap(), Path::new("here.redb"));
    let config = Home::new("").load(&Flags::default(), &[], NOTHING).unwrap();
    assert_eq!(config.store().unwrap(), config.paths().default_store().unwrap());
    assert!(config.owns(&config.store().unwrap()));
}

#[test]
fn without_a_home_a_named_store_will_do() {
    let flags = Flags { store: Some("/a.redb".into()), ..Flags::default() };
    let config = Config::load_on(&flags, &|_| None, NOTHING).unwrap();
    assert_eq!(config.store().unwrap(), Path::new("/a.redb"));
    let config = Config::load_on(&Flags::default(), &|_| None, NOTHING).unwrap();
    assert!(config.store().unwrap_err().message(Lang::En).contains("HOME is not set"));
    assert_eq!(get(&config, "store").unwrap(), "");
}

#[cfg(unix)]
#[test]
fn a_store_may_have_any_name_and_words_may_not() {
    use std::os::unix::ffi::OsStringExt;
    let bytes = OsString::from_vec(b"/a\xff.redb".to_vec());
    let set = |name: &'static str| {
        let bytes = bytes.clone();
        Config::load_on(&Flags::default(), &move |asked| (asked == name).then(|| bytes.clone()), NOTHING)
    };
    assert_eq!(set("CRM_STORE").unwrap().store().unwrap().as_os_str(), bytes);
    assert!(set("CRM_LANG").unwrap_err().message(Lang::En).starts_with("CRM_LANG: "));
}

#[test]
fn an_error_in_the_file_names_its_line() {
    for (text, line, message, hint) in [
        ("# x\n\ncurency = \"CNY\"\n", 3, "no setting curency", "did you mean currency?"),
        ("[service.response]\nhihg = \"4h\"\n", 2, "service.response.hihg", "did you mean service.response.high?"),
        ("[servce]\nx = 1\n", 1, "no setting servce", "config list"),
        ("lang = 'zh'\nlang = 'en'\n", 2, "duplicate", "one setting a line"),
        ("lang = 'zh'\ntz =\n", 2, "cannot be understood", "one setting a line"),
        ("\nlang = \"fr\"\n", 2, "lang: 'fr' is not a language", "en, zh or auto"),
        ("\nlang = [\"en\"]\n", 2, "lang takes one value", "en|zh|auto"),
        ("[lang]\nx = 1\n", 1, "lang takes one value", "en|zh|auto"),
        ("service = { response = { low = 8 } }\n", 1, "service.response.low: '8' is not a duration", "4h"),
        ("store = \"crm.redb\"\n", 1, "store: 'crm.redb' is not a whole path", "~/"),
        ("\"\\u001b[31m\" = 1\n", 1, "no setting", "config list"),
    ] {
        let home = Home::new(text);
        let error = home.fail(&Flags::default(), &[]);
        assert_eq!(error.kind(), ErrorKind::Failure, "{text}");
        assert!(
            error.message(Lang::En).starts_with(&format!("{}:{line}: ", home.file().display())),
            "{text}: {error:?}"
        );
        assert!(
            error.message(Lang::En).contains(message) && !error.message(Lang::En).contains('\x1b'),
            "{text}: {error:?}"
        );
        assert!(error.next_step(Lang::En).unwrap().contains(hint), "{text}: {:?}", error.next_step(Lang::En));
    }
}

#[test]
fn an_error_of_a_flag_or_a_variable_names_it() {
    let home = Home::new("");
    let error = home.fail(&Flags { tz: Some("Asia/Shangai".into()), ..Flags::default() }, &[]);
    assert_eq!(
        (error.kind(), &*error.message(Lang::En)),
        (ErrorKind::Usage, "--tz: 'Asia/Shangai' is not a time zone")
    );
    assert_eq!(error.next_step(Lang::En), Some("write Asia/Shanghai"));
    let error = home.fail(&Flags::default(), &[("CRM_WEEK_START", "noday")]);
    assert_eq!(
        (error.kind(), &*error.message(Lang::En)),
        (ErrorKind::Usage, "CRM_WEEK_START: 'noday' is not a day of the week")
    );
}

#[test]
fn a_missing_file_is_fine_and_an_unreadable_one_is_not() {
    let home = Home::new("");
    std::fs::remove_file(home.file()).unwrap();
    assert!(home.load(&Flags::default(), &[], NOTHING).is_ok());
    std::fs::create_dir(home.file()).unwrap();
    assert!(home.fail(&Flags::default(), &[]).message(Lang::En).contains("cannot be read"));
    let home = Home::new("");
    std::fs::write(home.file(), b"\xff").unwrap();
    assert!(home.fail(&Flags::default(), &[]).message(Lang::En).contains("not UTF-8"));
}

#[test]
fn the_list_names_every_setting_and_a_slip_is_answered() {
    let config = Home::new("ascii = true\n").load(&Flags::default(), &[], SHANGHAI).unwrap();
    let listed = rows(&config);
    assert!(listed.iter().map(|(code, ..)| *code).eq(KEYS.iter().map(|key| key.code)));
    for (code, value) in
        [("ascii", "yes"), ("tz", "Asia/Shanghai"), ("service.resolution.low", "7d"), ("wait", "5"), ("color", "auto")]
    {
        assert_eq!(get(&config, code).unwrap(), value);
        assert!(listed.iter().any(|(key, shown, _)| (*key, &**shown) == (code, value)), "{code}");
    }
    let error = get(&config, "curency").unwrap_err();
    assert_eq!((error.kind(), error.next_step(Lang::En)), (ErrorKind::Usage, Some("did you mean currency?")));
}
