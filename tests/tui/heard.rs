//! What dates and amounts in words were understood as, told on a terminal.

use crate::harness::{TestEnvironment, shell_words};

/// The harness has a Monday, 2026-03-02.
#[test]
fn what_was_understood_is_told_on_a_terminal_only() {
    let env = TestEnvironment::new();
    env.crm(["customer", "add", "Acme"]).ok();
    let says = |line: &str, what: &str| {
        let mut screen = env.screen(shell_words(line), (100, 20));
        let picture = screen.see(what);
        assert!(screen.end().success());
        picture
    };
    says("followup add Call due=fri customer=C-1", "= Due: Fri 2026-03-06, in 4 days");
    says("deal add Big customer=C-1 amount=三万五", "= Amount: $35,000");
    says("log call C-1 fine next='周四前 回访'", "= Due: Thu 2026-03-05, in 3 days");
    says("followup snooze F-1 三天", "= Due: Thu 2026-03-05, in 3 days");
    says("customer set C-1 生日=6月12日", "= Birthday: 12 June");
    says("followup add Call due=fri customer=C-1 repeat=每双周 minutes=半天", "= Repeat: every 2 weeks");
    says("followup set F-1 minutes=半天 repeat=每月底", "= Length: 12h");
    says("customer set C-1 人数=1万2", "= Employees: 12000");
    says("followup list due:next-week", "= Due: Mon 2026-03-09 to Sun 2026-03-15");
    says("followup list due:wed..tue", "= Due: Tue 2026-03-10, in 8 days");
    says("followup count --where '截止:周五前'", "= Due: until Fri 2026-03-06, in 4 days");
    // What says itself is not said again, and nothing is where only data is wanted, or nobody looks.
    for line in [
        "followup add Call due=2026-03-06 customer=C-1; echo end",
        "-q followup add Call due=fri customer=C-1; echo end",
        "followup add Call due=2026-03-06 customer=C-1 repeat=每2周; echo end",
        "followup add Call due=2026-03-06 customer=C-1 repeat='every 2 weeks on Fri'; echo end",
        "deal add Plain customer=C-1 amount=5000; echo end",
        "customer set C-1 人数=120人 && crm followup count due:2026-03-06; echo end",
    ] {
        let shell = format!("{} {line}", env!("CARGO_BIN_EXE_crm"));
        let mut screen = env.on_terminal("sh", ["-c", shell.as_str()], (100, 20));
        let picture = screen.see("end");
        assert!(!picture.has("= "), "{line}");
        screen.end();
    }
    let quiet = env.crm(shell_words("followup add Call due=fri customer=C-1")).output();
    assert!(!quiet.stderr.contains("= Due"), "{}", quiet.stderr);
}
