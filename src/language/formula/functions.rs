//! The functions of the language, declared once: what each is called, takes and gives, and what help says of it.

use crate::text::{fold, nearest};

/// Which function it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FunctionId {
    /// One of two values.
    If,
    /// The first value that is there.
    Coalesce,
    /// Whether there is no value.
    Empty,
    /// A number rounded.
    Round,
    /// A number without its sign.
    Abs,
    /// The least of several values, or of those of children.
    Min,
    /// The greatest of several values, or of those of children.
    Max,
    /// Days of a length of time, and the other way round.
    Days,
    /// A value as text.
    Text,
    /// Words that begin with capitals.
    Title,
    /// Small letters.
    Lower,
    /// Without white space around.
    Trim,
    /// One text in the place of another.
    Replace,
    /// How many children there are.
    Count,
    /// The sum of a field of children.
    Sum,
    /// The mean of a field of children.
    Avg,
    /// A field of the child that was added first.
    First,
    /// A field of the child that was added last.
    Last,
}

/// What an argument may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgType {
    /// Any value.
    Any,
    /// A condition.
    YesNo,
    /// A number, a percentage, an amount or a length of time.
    Quantity,
    /// What has an order: a quantity, a day, text, a choice.
    Ordered,
    /// A number of decimals, written as such.
    Digits,
    /// A length of time, or a number of days.
    Length,
    /// Text.
    Text,
    /// The records that point here.
    Children,
    /// A field of the records that point here.
    ChildField,
}

/// What a function gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultType {
    /// What its values are, all of the same type.
    Same,
    /// A number.
    Number,
    /// Text.
    Text,
    /// Yes or no.
    YesNo,
    /// A number of a length of time, a length of time of a number.
    Days,
}

/// An argument of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arg {
    /// What help calls it.
    pub en: &'static str,
    /// What Chinese help calls it.
    pub zh: &'static str,
    /// What it may be.
    pub takes: ArgType,
    /// It may be left out.
    pub optional: bool,
}

/// A function.
#[derive(Debug)]
pub struct Function {
    /// Which one it is.
    pub id: FunctionId,
    /// What it is called.
    pub name: &'static str,
    /// What it is called in Chinese; both can be written.
    pub zh_name: &'static str,
    /// Its arguments.
    pub args: &'static [Arg],
    /// The last argument may stand any number of times.
    pub repeats: bool,
    /// What it gives.
    pub gives: ResultType,
    /// What it does, for help.
    pub en: &'static str,
    /// The same in Chinese.
    pub zh: &'static str,
    /// A formula that uses it, on a deal.
    pub example: &'static str,
}

const fn arg(en: &'static str, zh: &'static str, takes: ArgType) -> Arg {
    Arg { en, zh, takes, optional: false }
}

const fn optional(en: &'static str, zh: &'static str, takes: ArgType) -> Arg {
    Arg { en, zh, takes, optional: true }
}

const VALUE: Arg = arg("value", "值", ArgType::Any);
const TEXT: Arg = arg("text", "文字", ArgType::Text);
const ORDERED: Arg = arg("value", "值", ArgType::Ordered);
const QUANTITY: Arg = arg("number", "数", ArgType::Quantity);
const CHILD_FIELD: Arg = arg("records.field", "记录.字段", ArgType::ChildField);

/// Every function, in the order of help.
pub static FUNCTIONS: &[Function] = &[
    function(FunctionId::If, "if", "如果", ResultType::Same)
        .args(&[
            arg("condition", "条件", ArgType::YesNo),
            arg("then", "成立时", ArgType::Any),
            optional("else", "否则", ArgType::Any),
        ])
        .help(
            "The second value where the condition holds, else the third; without a third one, nothing",
            "条件成立时为第二个值，否则为第三个值；没有第三个值时为空",
            "if(customer.grade = A, 5%, 0%)",
        ),
    function(FunctionId::Coalesce, "coalesce", "取首个非空", ResultType::Same).args(&[VALUE]).any_number().help(
        "The first of the values that is not empty",
        "第一个非空的值",
        "coalesce(closed, expected_close)",
    ),
    function(FunctionId::Empty, "empty", "为空", ResultType::YesNo).args(&[VALUE]).help(
        "Yes where there is no value",
        "没有值时为“是”",
        "if(empty(amount), \"no amount yet\", text(amount))",
    ),
    function(FunctionId::Round, "round", "四舍五入", ResultType::Same)
        .args(&[QUANTITY, optional("digits", "位数", ArgType::Digits)])
        .help(
            "The number with so many decimals, none unless said; halves go away from zero; -3 rounds to thousands",
            "保留指定的小数位，默认为整数；逢五进位，正负对称；-3 表示取整到千位",
            "round(amount * 13%, 0)",
        ),
    function(FunctionId::Abs, "abs", "绝对值", ResultType::Same).args(&[QUANTITY]).help(
        "The number without its sign",
        "去掉正负号",
        "abs(amount - weighted)",
    ),
    function(FunctionId::Min, "min", "最小", ResultType::Same).args(&[ORDERED]).any_number().help(
        "The least of the values, or of a field of other records",
        "几个值中最小的，或其他记录某字段的最小值",
        "min(amount, weighted)",
    ),
    function(FunctionId::Max, "max", "最大", ResultType::Same).args(&[ORDERED]).any_number().help(
        "The greatest of the values, or of a field of other records",
        "几个值中最大的，或其他记录某字段的最大值",
        "max(activities.at where type:visit)",
    ),
    function(FunctionId::Days, "days", "天数", ResultType::Days).args(&[arg("length", "时长", ArgType::Length)]).help(
        "How many days a length of time is; of a number, a length of so many days",
        "时长对应的天数；参数为数字时，得到这么多天的时长",
        "days(expected_close - today)",
    ),
    function(FunctionId::Text, "text", "文字", ResultType::Text).args(&[VALUE]).help(
        "The value as text, as files have it: codes, ISO dates, plain numbers",
        "把值转为文字，写法与导出文件一致：代码、ISO 日期、不分组的数字",
        "title + \", \" + text(amount)",
    ),
    function(FunctionId::Title, "title", "首字母大写", ResultType::Text).args(&[TEXT]).help(
        "The text with a capital at the beginning of each word, other letters small",
        "每个单词首字母大写，其余小写",
        "title(product)",
    ),
    function(FunctionId::Lower, "lower", "小写", ResultType::Text).args(&[TEXT]).help(
        "The text in small letters",
        "全部转为小写",
        "lower(product)",
    ),
    function(FunctionId::Trim, "trim", "去空格", ResultType::Text).args(&[TEXT]).help(
        "The text without white space around it, and with one space where there are several",
        "去掉首尾空格，中间的多个空格并为一个",
        "trim(product)",
    ),
    function(FunctionId::Replace, "replace", "替换", ResultType::Text)
        .args(&[TEXT, arg("old", "原文字", ArgType::Text), arg("new", "新文字", ArgType::Text)])
        .help(
            "The text with the new text wherever the old one stands, to the letter",
            "把文字中出现的原文字逐字替换为新文字",
            "replace(product, \"-\", \" \")",
        ),
    function(FunctionId::Count, "count", "计数", ResultType::Number)
        .args(&[arg("records", "记录", ArgType::Children)])
        .help(
            "How many records point here and pass the filter",
            "指向此记录并符合条件的记录数",
            "count(activities where type:visit)",
        ),
    function(FunctionId::Sum, "sum", "合计", ResultType::Same).args(&[CHILD_FIELD]).help(
        "The sum of a field of the records that point here and pass the filter; of amounts, one of each currency",
        "指向此记录并符合条件的记录的字段合计；金额按货币分别合计",
        "sum(activities.minutes where type:call)",
    ),
    function(FunctionId::Avg, "avg", "平均", ResultType::Same).args(&[CHILD_FIELD]).help(
        "The mean of a field of the records that point here and pass the filter, of those that have it",
        "指向此记录并符合条件的记录的字段平均值，空值不计",
        "avg(activities.minutes)",
    ),
    function(FunctionId::First, "first", "首个", ResultType::Same).args(&[CHILD_FIELD]).help(
        "The field of the first added record that points here, passes the filter and has a value",
        "指向此记录并符合条件的记录中，最早新建且有值的那条的字段",
        "first(activities.at)",
    ),
    function(FunctionId::Last, "last", "末个", ResultType::Same).args(&[CHILD_FIELD]).help(
        "The field of the last added record that points here, passes the filter and has a value",
        "指向此记录并符合条件的记录中，最晚新建且有值的那条的字段",
        "last(activities.outcome)",
    ),
];

const fn function(id: FunctionId, name: &'static str, zh_name: &'static str, gives: ResultType) -> Function {
    Function { id, name, zh_name, args: &[], repeats: false, gives, en: "", zh: "", example: "" }
}

impl Function {
    const fn args(self, args: &'static [Arg]) -> Self {
        Self { args, ..self }
    }

    const fn any_number(self) -> Self {
        Self { repeats: true, ..self }
    }

    const fn help(self, en: &'static str, zh: &'static str, example: &'static str) -> Self {
        Self { en, zh, example, ..self }
    }

    /// The function of a name, in either language.
    pub fn named(name: &str) -> Option<&'static Self> {
        let folded = fold(name);
        FUNCTIONS.iter().find(|function| function.name == folded || function.zh_name == folded)
    }

    /// A function whose name is nearly this.
    pub fn near(name: &str) -> Option<&'static str> {
        nearest(name, FUNCTIONS.iter().flat_map(|function| [function.name, function.zh_name]))
    }

    /// The fewest and, unless any number will do, the most arguments.
    pub fn arity(&self) -> (usize, Option<usize>) {
        let fewest = self.args.iter().filter(|arg| !arg.optional).count();
        (fewest, (!self.repeats).then_some(self.args.len()))
    }

    /// The argument at a place.
    pub fn arg(&self, at: usize) -> Option<&'static Arg> {
        self.args.get(at).or_else(|| self.args.last().filter(|_| self.repeats))
    }

    /// How a call of it looks: `round(number, [digits])`, in English and in Chinese.
    pub fn usage(&self) -> (String, String) {
        let write = |name: &str, of: fn(&Arg) -> &'static str| {
            let args =
                self.args.iter().map(|arg| if arg.optional { format!("[{}]", of(arg)) } else { of(arg).to_owned() });
            let mut args: Vec<String> = args.collect();
            if self.repeats {
                args.push("…".to_owned());
            }
            format!("{name}({})", args.join(", "))
        };
        (write(self.name, |arg| arg.en), write(self.zh_name, |arg| arg.zh))
    }

    /// Whether it is only about the records that point here.
    pub fn is_of_children(&self) -> bool {
        self.args.iter().any(|arg| matches!(arg.takes, ArgType::Children | ArgType::ChildField))
    }

    /// Whether it can be worked out of a field of the records that point here.
    pub fn takes_children(&self) -> bool {
        self.is_of_children() || matches!(self.id, FunctionId::Min | FunctionId::Max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_one_function() {
        for function in FUNCTIONS {
            for name in [function.name, function.zh_name] {
                assert_eq!(fold(name), name);
                assert_eq!(Function::named(name).map(|found| found.id), Some(function.id), "{name}");
            }
            assert!(!function.en.is_empty() && !function.zh.is_empty() && !function.example.is_empty());
        }
        assert_eq!(Function::named("ROUND").map(|found| found.id), Some(FunctionId::Round));
        assert_eq!(Function::near("conut"), Some("count"));
        assert_eq!(FUNCTIONS[3].usage(), ("round(number, [digits])".to_owned(), "四舍五入(数, [位数])".to_owned()));
    }
}
