# Draft: needs a native reader. Status: docs/translations.md
console-title = Console
console-skip = To the content
console-menu = Pages
console-menu-inbox = Inbox
console-menu-today = Today
console-menu-visits = Walk-ins
console-menu-records = Records
console-menu-tasks = Tasks
console-menu-duty = Duty
console-menu-staff = Staff
console-menu-audit = Audit
console-menu-retention = Retention
console-menu-account = My account
console-sign-out = Sign out
console-not-here = There is nothing here for you. It may not exist, or it may not be yours to open.
console-back = To the console
