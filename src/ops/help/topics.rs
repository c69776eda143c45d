//! Help about things that are no command: filters, dates, output, exit codes.

/// Name, English text, Chinese text.
pub const TOPICS: &[(&str, &str, &str)] = &[
    ("filters", FILTERS_EN, FILTERS_ZH),
    ("dates", DATES_EN, DATES_ZH),
    ("output", OUTPUT_EN, OUTPUT_ZH),
    ("exit-codes", EXIT_EN, EXIT_ZH),
    ("keys", KEYS_EN, KEYS_ZH),
];

const FILTERS_EN: &str = "  crm customer list grade:A,B city:上海
  crm deal list stage:won closed:2026-q1
  crm deal list amount:10k..50k
  crm customer list --where 'grade:A or (city:Berlin and no:phone)'

One word is one term; terms join with and. The words or, not, ( and ) alone are operators.

  grade:A  grade:A,B  name:ac*     equal to one of them; begins with
  status.not:lost  status!=lost    not equal; a record without the field counts
  has:phone  no:phone              set, empty
  note~quote  note.has:quote       contains
  amount:10k..50k  due:..today     from, to, both included
  amount.over:10k  due.before:fri  strictly over, under, before, after
  created:2026-03  closed:2026-q1  a period
  amount.currency:EUR              amounts of a currency; a bare number is of the default one
  birthday.day:today..+7d          days of the year
  owner:me  customer.city:上海     you, a field of the linked record
  deals.stage:won  no:activities   records that point here
  view:hot  customer.view:hot      a saved view: crm help view save
  harbor zs 张三                   all searched fields; pinyin too
  is:trashed  is:trashed grade:A   the trash instead, of what the other terms say

The comparison signs and a leading hyphen work inside --where '...'.
";
const FILTERS_ZH: &str = "  crm customer list 级别:A,B 城市:上海
  crm deal list stage:won closed:2026-q1
  crm deal list amount:10k..3万
  crm customer list --where 'grade:A or (city:Berlin and no:phone)'

一个词是一个条件，条件之间为“与”。单独的 or、not、(、) 是运算符（也可写 或、非）。

  grade:A  grade:A,B  name:ac*     等于其一；以此开头
  status.not:lost  status!=lost    不等于；无此字段的记录也算
  has:phone  no:phone              已填、为空
  note~quote  note.has:quote       包含
  amount:10k..50k  due:..today     区间，含两端
  amount.over:10k  due.before:fri  大于、小于、早于、晚于
  created:2026-03  closed:2026-q1  时段
  amount.currency:EUR              某币种的金额；不带币种的数按默认币种
  birthday.day:today..+7d          每年的日子
  owner:me  customer.city:上海     本人；所链接记录的字段
  deals.stage:won  no:activities   指向此记录的记录
  view:hot  customer.view:hot      已存的视图：crm help view save
  harbor zs 张三                   搜索所有文本字段，支持拼音
  is:trashed  is:trashed grade:A   改为查看回收站，可与其他条件相与

比较符号和前置连字符可用在 --where '...' 中。
";

const DATES_EN: &str = "  crm followup add Send quote due=fri
  crm followup snooze F-3 +3d
  crm followup add Call due=tomorrow-3pm
  crm changes --since yesterday

Days: today tomorrow yesterday fri next-mon in-3-days +3d -2w +1m 2026-03-01 eow eom eoq eoy
Times: tomorrow-3pm \"fri 14:30\" +2h 2026-03-01T15:00
Periods, in filters: 2026 2026-03 2026-q1 2026-w12 today this-week last-month
Chinese works everywhere: 明天 下周一 明天下午3点 3天后 月底 本周 上月
Repeats: every-2-weeks \"every friday\" weekdays monthly \"last day of month\", or an RRULE
A day is a day in --tz; an instant is kept in UTC.
";
const DATES_ZH: &str = "  crm followup add 发报价 due=周五
  crm followup snooze F-3 +3d
  crm followup add 打电话 due=明天下午3点
  crm changes --since 昨天

日期：今天 明天 昨天 周五 下周一 3天后 两周后 月底 年底 2026年3月1日 3月1日
时刻：明天下午3点 周五14:30 +2h 2026-03-01T15:00
时段（用于筛选）：2026 2026-03 2026-q1 本周 上周 本月 上月 今年
英文写法同样可用：today fri next-mon in-3-days +3d tomorrow-3pm
重复：每两周 每周五 每个工作日 每月 每月底，或 RRULE
日期按 --tz 时区计算；时刻以 UTC 保存。
";

const OUTPUT_EN: &str = "  crm customer list -o json
  crm customer list grade:A -o ids
  crm deal list -o csv --columns id,title,amount,customer.city
  crm customer list -o template={{id}}

table    for people; on a terminal fitted to its width
json     {\"schema_version\":1,\"records\":[...]}; show gives record, links and timeline; import how many rows did what
jsonl    a record a line
csv tsv  with a heading, unless --no-header
ids      an id a line: pipe it into crm customer set -
template minijinja over the same fields as json

Off a terminal nothing is cut or coloured. Codes are English in every language.
Money in JSON is {\"amount\":\"1200.00\",\"currency\":\"CNY\"}; links are {\"id\",\"name\"}.
Data goes to stdout, messages to stderr; errors are JSON too with -o json.
";
const OUTPUT_ZH: &str = "  crm customer list -o json
  crm customer list grade:A -o ids
  crm deal list -o csv --columns id,title,amount,customer.city
  crm customer list -o template={{id}}

table    供人阅读；在终端上适应其宽度
json     {\"schema_version\":1,\"records\":[...]}；show 输出 record、links 和 timeline；import 输出各类行数
jsonl    每行一条记录
csv tsv  含表头，除非 --no-header
ids      每行一个编号，可接 crm customer set -
template minijinja 模板，字段与 json 相同

不在终端时不截断、不着色。机器输出的代码在任何语言下都是英文。
JSON 中金额为 {\"amount\":\"1200.00\",\"currency\":\"CNY\"}，链接为 {\"id\",\"name\"}。
数据输出到 stdout，消息输出到 stderr；使用 -o json 时错误也是 JSON。
";

const EXIT_EN: &str = "  0    done
  1    failure: a file cannot be read, nothing to undo
  2    the command line cannot be understood
  3    not found, or ambiguous
  4    invalid value, or a conflict
  5    the store is busy
  6    partial: some records were left out
  7    declined at a prompt
  130  interrupted
";
const EXIT_ZH: &str = "  0    完成
  1    失败：文件无法读取、没有可撤销的步骤
  2    命令行无法理解
  3    未找到，或有多个匹配
  4    值无效，或有冲突
  5    数据文件忙
  6    部分完成：有记录被跳过
  7    在提示时被拒绝
  130  被中断
";

const KEYS_EN: &str = "\
  crm
  crm demo

On a terminal both open the full screen. There ? lists the keys of the place you are in.

  1 2 3 4    customers, pipeline, agenda, tickets
  / F :      narrow as typed, filter, any command
  u ^r       undo and redo what this session did
  Enter Esc  open, back          q  leave

  crm config set keymap emacs
  crm config path keys

The key maps are default (as in vim), emacs and simple. A file keys.toml beside config.toml changes single keys; where it
is, the second command says. docs/keys.md lists every key and every action that can be bound.
";
const KEYS_ZH: &str = "\
  crm
  crm demo

在终端上两者都会打开全屏界面；按 ? 列出当前位置的按键。

  1 2 3 4    客户、销售看板、日程、工单
  / F :      输入即筛、筛选、任意命令
  u ^r       撤销、重做本次会话的步骤
  Enter Esc  打开、返回          q  退出

  crm config set keymap emacs
  crm config path keys

键位表有 default（类似 vim）、emacs 和 simple。config.toml 旁的 keys.toml 可更改个别按键，其位置由第二条命令给出。
docs/keys.md 列出全部按键和可绑定的动作。
";
