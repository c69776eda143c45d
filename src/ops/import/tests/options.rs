//! What options say of a file, and what the file says itself.

use super::*;

#[test]
fn other_names_of_values_are_read_for_several_fields_and_missed_where_no_cell_has_them() {
    let shop = Shop::new();
    let text = "name,grade,status\nA, Gold ,Live\nB,Silver,Live\n";
    let with = |map_value: &str| ImportOptions { map_value: vec![map_value.into()], ..into(&customer::KIND) };
    let report = shop.import(text, with("grade:Gold=A,grade:Silver=B,status:Live=active,Bronze=lost")).unwrap();
    let warnings: Vec<_> = report.warnings.iter().map(|warning| warning.get(Lang::En)).collect();
    assert_eq!(warnings, ["--map-value 'status:Bronze=...' changes nothing: no cell for status says 'Bronze'"]);
    let plain = Shop::new();
    plain.import("name,grade\nA,A\nB,B\n", into(&customer::KIND)).unwrap();
    for id in ["C-1", "C-2"] {
        assert_eq!(shop.value(id, "grade"), plain.value(id, "grade"), "{id}");
    }
    // The first field of an option is the one before its first colon, whatever follows.
    let error = message(shop.import("name,city\nA,grade:x\n", with("grade:Gold=A")));
    assert!(error.contains("no column feeds 'grade'"), "{error}");
    shop.import("name,city\nC,grade:x\n", with("city:grade:x=Oslo")).unwrap();
    assert_eq!(shop.text("C-3", "city").as_deref(), Some("Oslo"));
}
