//! Help about things that are no command: filters, dates, output, exit codes.

/// Name, English text, Chinese text.
pub const TOPICS: &[(&str, &str, &str)] = &[
    ("filters", FILTERS_EN, FILTERS_ZH),
    ("dates", DATES_EN, DATES_ZH),
    ("formulas", FORMULAS_EN, FORMULAS_ZH),
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
  crm deal list 销售阶段:赢单 结单日期:2026-q1
  crm deal list 金额:1万..5万
  crm customer list --where '级别:A 或 (城市:上海 且 no:电话)'

一个词是一个条件，条件之间为“且”。单独写的 或、非、( 和 ) 是运算符（也可写 or、not）。

  级别:A  级别:A,B  名称:上海*        等于其中之一；以此开头
  状态.not:输单  状态!=输单           不等于；没有此字段的记录也算
  has:电话  no:电话                   已填写；为空
  备注~报价  备注.has:报价            包含
  金额:1万..5万  截止时间:..今天      区间，含两端
  金额.over:1万  截止时间.before:周五 大于（小于为 under）；早于（晚于为 after）
  创建时间:2026-03  结单日期:2026-q1  时段
  金额.币种:EUR                       某一币种的金额；不写币种的数按默认币种
  生日.日子:今天..+7d                 每年的这些日子
  负责人:我  客户.城市:上海           当前用户；关联记录的字段
  deals.销售阶段:赢单  no:activities  有符合条件的关联记录；没有关联记录
  视图:重点  客户.视图:重点           已保存的视图：crm help view save
  华盛 zs 张三                        在所有可搜索的字段中查找，支持拼音
  is:trashed  is:trashed 级别:A       改为查看回收站，可与其他条件同时使用

比较符号和前置的连字符可用在 --where '…' 中。
中文写法亦可：≥ ≤ ≠、并且 或者 不是，多个值之间可用顿号：级别:A、B
";

const DATES_EN: &str = "  crm followup add Send quote due=fri
  crm followup snooze F-3 +3d
  crm followup add Call due=tomorrow-3pm
  crm changes --since yesterday

Days: today tomorrow yesterday fri next-mon in-3-days +3d -2w +1m 2026-03-01 eow eom eoq eoy
Times: tomorrow-3pm \"fri 14:30\" +2h 2026-03-01T15:00
Periods, in filters: 2026 2026-03 2026-q1 2026-w12 today this-week last-month
Chinese works everywhere: 明天 下周一 15号 周五前 明天下午3点 3天后 月底 本周 最近7天
Repeats: every-2-weeks \"every friday\" \"every mon at 9am\" weekdays monthly \"last day of month\", or an RRULE
A day is a day in --tz; an instant is kept in UTC.
";
const DATES_ZH: &str = "  crm 跟进计划 新建 发报价 截止=周五前
  crm 跟进计划 推迟 F-3 三天
  crm 跟进计划 新建 打电话 截止=明天下午3点
  crm 变更 --since 昨天

日期：今天 后天 周五 下周一 15号 下月5号 12月底 月初 3月1日 明年3月1日 20260301 国庆节
期限：周五前 月底之前 三天内（截止到该日；筛选时包括此前的所有日期）
相距：3天后 两周后 半年后 两个半小时后
时刻：明天下午3点 周五14:30 +2h 2026-03-01T15:00
时段（用于筛选）：2026 2026-03 本周 上上周 周末 12月 去年12月 第四季度 最近7天 过去一周
推迟跟进可只写时长：三天 半小时
英文写法同样可用：today fri next-mon in-3-days +3d tomorrow-3pm
重复：每两周 隔周 每周五 每周一早上9点 每月15号 每月底 每个工作日（周一至周五），或 RRULE
日期按 --tz 时区计算；时刻以 UTC 保存。
";

const FORMULAS_EN: &str = "  crm field add deal fee formula='amount * 5%'
  crm field add customer won formula='sum(deals.amount where status:won)'
  crm deal set D-7 'probability:=if(customer.grade = A, 80%, 50%)'

A field with a formula is worked out whenever what it reads changes, and nobody sets it. field:=... works out a value once.
In single quotes, for * ( < and spaces mean something to a shell.

  amount, customer.grade           a field; one of the record that a link leads to
  12  10%  ¥12万  2d  2026-03-01   a number, a part, an amount, a length of time, a day
  \"text\"  A  yes                   text in quotes; a choice, yes and no as they are
  + - * /  = != < > and or not     signs; parentheses group
  if(grade = A, 5%, 0%)            the one or the other
  sum count avg min max first last of records that link here: sum(deals.amount where status:won)
  round abs coalesce empty days    also of text: text title lower trim replace

What is worked out of nothing is empty; coalesce(amount, 0) says otherwise. Two currencies do not add up.
A field with a formula does not use today, now or me, for it would be another tomorrow. docs/formulas.md has all of it.
";
const FORMULAS_ZH: &str = "  crm field add 商机 服务费 公式='金额 * 5%'
  crm field add 客户 赢单额 公式='合计(商机.金额 where 状态:赢单)'
  crm deal set D-7 '赢单率:=如果(客户.级别 = A, 80%, 50%)'

有公式的字段在所用的值变化时自动重算，无需填写。字段:=公式 则只计算一次。
请用单引号括起，因为 * ( < 和空格在命令行中另有含义。

  金额  客户.级别                  字段；关联记录的字段
  12  10%  ¥12万  2天  2026-03-01  数、百分比、金额、时长、日期
  “文字”  A  是                    文字须加引号；选项、是否直接写
  + - * /  = != < >  且 或 非      运算符；可用括号分组
  如果(级别 = A, 5%, 0%)           二者取一
  合计 计数 平均 最小 最大 首个 末个  用于关联到此的记录：合计(商机.金额 where 状态:赢单)
  四舍五入 绝对值 取首个非空 为空 天数  另有：文字 首字母大写 小写 去空格 替换

空值参与计算，结果为空；“取首个非空(金额, 0)”可另给一个值。不同币种不能相加。
有公式的字段不能用 today、now、me，否则每天的值都会不同。完整说明见 docs/formulas.md。
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
Money and prices in JSON are {\"amount\":\"1200.00\",\"currency\":\"CNY\"}; fields that may have decimals are text, \"12.5\",
so that no reader rounds them; links are {\"id\",\"name\"}, of users {\"id\",\"name\",\"login\"}.
Data goes to stdout, messages to stderr; errors are JSON too with -o json.
";
const OUTPUT_ZH: &str = "  crm customer list -o json
  crm customer list 级别:A -o ids
  crm deal list -o csv --columns 编号,商机名称,金额,客户.城市
  crm customer list -o template={{id}}

table    供人阅读；在终端上按宽度排版
json     {\"schema_version\":1,\"records\":[...]}；show 输出 record、links 和 timeline；import 输出各类行的数量
jsonl    每行一条记录
csv tsv  含表头；加 --no-header 则不含
ids      每行一个编号，可接 crm customer set -
template minijinja 模板，可用的字段与 json 相同

输出到文件或管道时不截断、不着色。供程序读取的代码在任何语言下都是英文。
JSON 中金额和单价为 {\"amount\":\"1200.00\",\"currency\":\"CNY\"}，可带小数的字段为文本 \"12.5\"，以免读取时丢失精度；
关联为 {\"id\",\"name\"}，用户另有 \"login\"。
数据写到标准输出，消息写到标准错误；使用 -o json 时错误也是 JSON。
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
  1    失败：例如文件无法读取、没有可撤销的操作
  2    命令行无法理解
  3    未找到，或有多条相符
  4    值无效，或有冲突
  5    数据文件正被占用
  6    部分完成：有记录未处理
  7    确认时选择了“否”
  130  被中断
";

const KEYS_EN: &str = "  crm
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
const KEYS_ZH: &str = "  crm
  crm demo

在终端上两者都会打开全屏界面；按 ? 列出当前位置的按键。

  1 2 3 4    客户、销售看板、日程、工单
  / F :      边输入边查找、筛选、执行任意命令
  u ^r       撤销、重做本次会话的操作
  Enter Esc  打开、返回          q  退出

  crm config set keymap emacs
  crm config path keys

按键方案有 default（类似 vim）、emacs 和 simple。可在 config.toml 旁的 keys.toml 中更改个别按键，其位置用第二条命令查看。
docs/keys.md 列出全部按键和可以绑定的动作。
";
