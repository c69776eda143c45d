//! The file of rejected rows is one that can be imported when it is mended.

use super::*;

#[test]
fn rows_of_an_own_file_come_in_as_they_were_whatever_stands_between_values() {
    let note = "a \"b\"\tc, d\\n\ne";
    let tabs = "a \"b\"\\tc, d\\\\n\\ne";
    let commas = note.replace('"', "\"\"");
    for text in [
        format!("id\tname\tgrade\tnote\nC-1\tGood\tA\tx\n\tBad\tZ\t{tabs}\n"),
        format!("id,name,grade,note\nC-1,Good,A,x\n,Bad,Z,\"{commas}\"\n"),
    ] {
        let shop = Shop::new();
        shop.import("name\nOld\n", into(&customer::KIND)).unwrap();
        let key = ImportOptions { key: Some("id".to_owned()), ..into(&customer::KIND) };
        let skip = ImportOptions { skip_errors: true, ..key.clone() };
        let job = shop.job(&text, skip.clone()).unwrap();
        let report = shop.import(&text, skip).unwrap();
        assert_eq!(report.rejected, 1, "{:?}", report.faults);
        let folder = tempfile::tempdir().unwrap();
        let path = rejected_path(&folder.path().join("in"));
        RejectedFile::open(path.clone(), false, None).unwrap().write(&job, &report, Lang::En).unwrap();
        let mended = std::fs::read_to_string(&path).unwrap().replace(",Z,", ",B,");
        shop.import(&mended, key).unwrap();
        // No text holds a tab.
        assert_eq!(shop.text("C-2", "note"), Some(note.replace('\t', " ")), "{mended}");
    }
}

#[test]
fn a_spreadsheet_reads_the_file_as_it_is_where_it_is_not_all_ascii() {
    let folder = tempfile::tempdir().unwrap();
    let skip = || ImportOptions { skip_errors: true, ..into(&customer::KIND) };
    let rejected = |name: &str, text: &str, lang: Lang| {
        let shop = Shop::new();
        let (job, report) = (shop.job(text, skip()).unwrap(), shop.import(text, skip()).unwrap());
        let path = rejected_path(&folder.path().join(name));
        RejectedFile::open(path.clone(), false, None).unwrap().write(&job, &report, lang).unwrap();
        std::fs::read_to_string(&path).unwrap()
    };
    let marked = |text: &str| text.starts_with('\u{feff}');
    assert!(!marked(&rejected("plain", "name,grade\nBad,Z\n", Lang::En)));
    assert!(marked(&rejected("marked", "\u{feff}name,grade\nBad,Z\n", Lang::En)));
    assert!(marked(&rejected("reason", "name,grade\nBad,Z\n", Lang::Zh)));
    let chinese = rejected("chinese", "名称,级别\n上海华盛,Z\n", Lang::En);
    assert!(marked(&chinese), "{chinese}");
    let shop = Shop::new();
    shop.import(&chinese.replace(",Z,", ",B,"), into(&customer::KIND)).unwrap();
    assert_eq!(shop.text("C-1", "name").as_deref(), Some("上海华盛"));
}
