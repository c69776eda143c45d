//! What the screen can do by itself, by name: the words that key maps, the palette and help share.
//!
//! Anything that only changes records is no action but an operation, and is bound in the words of the command line.

use super::binding::Action;

const fn action(words: &'static str, en: &'static str, zh: &'static str) -> Action {
    Action { words, takes: None, en, zh }
}

const fn taking(words: &'static str, takes: &'static str, en: &'static str, zh: &'static str) -> Action {
    Action { words, takes: Some(takes), en, zh }
}

/// Every action, in the order of help.
pub static ACTIONS: &[Action] = &[
    // Getting about.
    action("pane customers", "Show the customers", "显示客户"),
    action("pane pipeline", "Show the pipeline", "显示销售管道"),
    action("pane agenda", "Show the agenda", "显示日程"),
    action("pane tickets", "Show the tickets", "显示工单"),
    action("pane next", "Show the next pane", "下一个窗格"),
    action("pane previous", "Show the previous pane", "上一个窗格"),
    action("back", "Back to where I came from", "返回"),
    action("close", "Close this; at the root, quit", "关闭；在最外层则退出"),
    action("quit", "Quit", "退出程序"),
    action("cancel", "Give up the pending key or query; twice quits", "放弃当前按键或查询；按两次退出"),
    action("suspend", "Suspend to the shell", "挂起，回到 shell"),
    action("redraw", "Draw the screen anew", "重绘屏幕"),
    action("jump back", "Back to the record before", "回到上一条记录"),
    action("jump forward", "Forward again", "再向前"),
    action("record next", "The next record of the list", "列表中的下一条记录"),
    action("record previous", "The previous record of the list", "列表中的上一条记录"),
    action("palette", "Command line and every operation", "命令行与全部操作"),
    action("help", "The keys of this place", "此处的按键"),
    action("messages", "Messages so far", "消息记录"),
    action("mouse", "Mouse on or off", "开关鼠标"),
    // What is done to the record at hand.
    action("undo", "Take back the last step of this session", "撤销本次会话的上一步"),
    action("redo", "Do it again after all", "重做"),
    action("repeat", "Do the last change again, here", "在此重复上一次修改"),
    action("add", "Add a record of the pane's kind", "新建本窗格类别的记录"),
    action("add contact", "Add a contact to this record", "为此记录新建联系人"),
    action("add deal", "Add a deal to this record", "为此记录新建商机"),
    action("add followup", "Add a follow-up to this record", "为此记录新建跟进"),
    action("add ticket", "Add a ticket to this record", "为此记录新建工单"),
    action("edit", "Edit in a form; marked records together", "在表单中编辑；已标记的一并编辑"),
    action("edit cell", "Edit this cell", "编辑此单元格"),
    action("edit outside", "Edit in $EDITOR", "在 $EDITOR 中编辑"),
    action("edit tags", "Add and take away tags", "增减标签"),
    action("log call", "Log a call", "记录电话"),
    action("log visit", "Log a visit", "记录拜访"),
    action("log meeting", "Log a meeting", "记录会议"),
    action("log email", "Log an e-mail", "记录邮件"),
    action("log message", "Log a message", "记录消息"),
    action("log note", "Write a note", "写备注"),
    action("follow up", "Plan the next follow-up", "安排下一次跟进"),
    action("finish", "Done, resolved; with a note and the next step", "完成或解决，附备注与下一步"),
    action("snooze", "Put off", "推迟"),
    action("assign", "Hand over to somebody", "转交给他人"),
    action("trash", "Move to the trash", "移到回收站"),
    action("copy row", "Copy the row", "复制整行"),
    action("copy phone", "Copy the phone number", "复制电话"),
    action("copy email", "Copy the e-mail address", "复制邮箱"),
    action("copy id", "Copy the id", "复制编号"),
    action("open link", "Open the phone, mail or web address", "打开电话、邮箱或网址"),
    // Moving in a list, a board, a record, a text.
    action("cursor down", "Down", "下"),
    action("cursor up", "Up", "上"),
    action("cursor left", "Left: cell, column, letter", "左：单元格、列、字符"),
    action("cursor right", "Right: cell, column, letter", "右：单元格、列、字符"),
    action("cursor top", "To the first row", "到第一行"),
    action("cursor bottom", "To the last row", "到最后一行"),
    action("half down", "Half a page down", "下半页"),
    action("half up", "Half a page up", "上半页"),
    action("page down", "A page down", "下一页"),
    action("page up", "A page up", "上一页"),
    action("open", "Open", "打开"),
    // Lists.
    action("narrow", "Narrow by text as it is typed", "边输入边筛选"),
    action("filter", "Filter bar, with the whole language", "筛选栏，支持完整语法"),
    action("attention next", "The next row that needs attention", "下一个需要关注的行"),
    action("attention previous", "The previous row that needs attention", "上一个需要关注的行"),
    action("mark", "Mark this row, or not", "标记或取消标记此行"),
    action("mark range", "Mark from here to where I go", "从此处起连续标记"),
    action("mark invert", "Mark what is not marked", "反转标记"),
    action("mark none", "Take away all marks", "取消全部标记"),
    action("owner next", "Mine, team's, everybody's", "我的、团队的、所有人的"),
    action("sort", "Choose what to sort by", "选择排序方式"),
    action("columns", "Choose and order the columns", "选择并排列各列"),
    action("group", "Group by grade, owner, city or not", "按等级、负责人、城市分组或不分组"),
    action("view pick", "Choose a saved view", "选择已保存的视图"),
    action("view save", "Save this view under a name", "保存当前视图"),
    taking("view open", "NAME", "Open the saved view of this name or number", "打开指定名称或序号的视图"),
    // The board.
    action("card left", "Move the card to the stage before", "将卡片移到上一阶段"),
    action("card stage", "Move the card to a stage of choice", "将卡片移到指定阶段"),
    action("card won", "Won, with the reason", "赢单，附原因"),
    action("card lost", "Lost, with the reason", "输单，附原因"),
    action("column first", "To the first column", "到第一列"),
    action("column last", "To the last column", "到最后一列"),
    action("pipeline next", "The next pipeline", "下一个销售管道"),
    // The agenda.
    action("calendar", "Month calendar, or not", "显示或隐藏月历"),
    action("calendar next", "The next month", "下个月"),
    action("calendar previous", "The month before", "上个月"),
    action("calls", "Call list, by urgency, with reasons", "按紧急程度排序的电话清单"),
    // The queue.
    action("ticket reply", "Reply to the customer", "回复客户"),
    action("ticket note", "Note inside the team", "内部备注"),
    action("ticket priority", "Choose the priority", "选择优先级"),
    action("ticket merge", "Merge into another ticket", "并入另一工单"),
    action("ticket satisfaction", "Note how satisfied the customer is", "记录客户满意度"),
    // The record.
    action("section next", "The next section", "下一节"),
    action("section previous", "The previous section", "上一节"),
    action("timeline", "What the timeline shows", "时间线显示的内容"),
    // Typing, forms, choices.
    action("accept", "Take it: run, save, choose", "确认：执行、保存、选择"),
    action("field next", "The next field; completes a command", "下一个字段；补全命令"),
    action("field previous", "The previous field", "上一个字段"),
    action("form save", "Save the form", "保存表单"),
    action("line start", "To the start of the line", "到行首"),
    action("line end", "To the end of the line", "到行尾"),
    action("word left", "A word to the left", "左移一词"),
    action("word right", "A word to the right", "右移一词"),
    action("delete left", "Delete the letter before", "删除前一字符"),
    action("delete right", "Delete the letter after", "删除后一字符"),
    action("delete word", "Delete the word before", "删除前一个词"),
    action("delete line", "Delete to the start of the line", "删除到行首"),
    action("delete rest", "Delete to the end of the line", "删除到行尾"),
    action("choice create", "Create what was searched for", "新建所搜索的内容"),
    action("choice mark", "Choose several", "多选"),
];
