"""Every error that Shouwen raises on purpose, in one tree.

    ShouwenError
    ├── UsageError            the question was put wrongly: exit 2, HTTP 422
    │   ├── UnknownField      a fact under an id that the vocabulary does not have
    │   ├── BadValue          a fact whose value is not of the form wanted
    │   ├── UnknownProgramme
    │   └── UnknownForm
    ├── ReadRefused           a file that cannot be read: exit 3; ``code`` is one of READ_CODES
    ├── ReaderBroken          the program that reads papers does not start: exit 3
    ├── ReaderFailed          a fault of our own while a file was being read: exit 3
    ├── FormNotFilled         a form that could not be produced: exit 3
    ├── DefinitionError       a programme, form, kind or setting is ill-formed: the start is refused
    └── ServiceError          the service says no
        ├── NotSignedIn
        ├── WrongSignIn       the log-in name or the password is wrong
        ├── WrongCode         the mailed code is wrong, used or too old
        ├── WeakPassword      ``missing`` says what it lacks
        ├── NotAllowed
        │   └── OldForm       a form that was opened under another log-in, or that another site sent
        ├── NotFound
        ├── Stopped           the person concerned stopped the use of the case's data
        ├── Stale             somebody else saved first
        ├── TooManyTries
        └── LogBroken         the audit chain does not hold

``str(error)`` is the English sentence for logs; ``error.zh`` the sentence for people. The facts of the
case are attributes. The HTTP status of each class stands in ``intake/web/errors.py``, the exit status in
``intake/cli/`` and nowhere else.
"""

from __future__ import annotations

from pathlib import Path

READ_CODES: dict[str, str] = {
    "unsupported_type": "這種檔案讀不了，請改用 PDF、JPEG、PNG、TIFF、WebP 或 HEIC。",
    "encrypted": "這個 PDF 有密碼，請另存一份沒有密碼的再上傳。",
    "corrupt": "這個檔案打不開，可能傳送中斷或已損毀，請重新掃描或重新下載後再上傳。",
    "empty": "這個檔案是空的，請確認檔案後再上傳。",
    "too_large": "這個檔案超過大小上限，請分成幾個檔案，或降低掃描解析度後再上傳。",
    "too_many_pages": "這個檔案超過 200 頁，請只上傳需要的文件，或分成幾個檔案。",
    "timeout": "這個檔案讀得太久而停下來了，請分成幾個檔案，或重新掃描後再上傳。",
}
"""The codes of READING.md and the sentence each prints (what happened and what to do)."""


class ShouwenError(Exception):
    """Base of all. ``zh`` is one sentence in Traditional Chinese: what, where, and what to do."""

    def __init__(self, message: str, zh: str) -> None:
        super().__init__(message)
        self.zh = zh


class UsageError(ShouwenError):
    """The question was put wrongly."""


class UnknownField(UsageError):
    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(
            f"{field!r} is not a field of the vocabulary; see `shouwen kinds --fields` for the ids",
            f"沒有「{field}」這個欄位，請用 shouwen kinds --fields 查欄位代號。",
        )


class BadValue(UsageError):
    def __init__(self, field: str, value: object, wanted: str) -> None:
        self.field, self.value, self.wanted = field, value, wanted
        shown = repr(value)[:60]
        super().__init__(
            f"{field}: {shown} is not of the form wanted: {wanted}",
            f"欄位「{field}」的值 {shown} 格式不符，應為：{wanted}。",
        )


class UnknownProgramme(UsageError):
    def __init__(self, programme: str, known: list[str]) -> None:
        self.programme, self.known = programme, known
        super().__init__(
            f"no programme {programme!r}; there are: {', '.join(known)}",
            f"沒有「{programme}」這個計畫，現有：{'、'.join(known)}。",
        )


class UnknownForm(UsageError):
    def __init__(self, form: str, known: list[str]) -> None:
        self.form, self.known = form, known
        super().__init__(
            f"no form {form!r}; there are: {', '.join(known)}",
            f"沒有「{form}」這份表單，現有：{'、'.join(known)}。",
        )


class ReadRefused(ShouwenError):
    """A file that cannot be read. ``unsafe`` files (bombs) are not kept."""

    def __init__(self, code: str, detail: str, *, unsafe: bool = False) -> None:
        self.code, self.detail, self.unsafe = code, detail, unsafe
        super().__init__(f"{code}: {detail}", READ_CODES[code])


class ReaderBroken(ShouwenError):
    """The program that reads papers does not start: a fault of the installation, never of a file."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(f"the reading program did not start: {detail}; see the cage's log and run scripts/setup.sh again",
                         "讀取程式無法啟動，檔案沒有問題、也已經保留；請通知管理人員，修好後再讀一次。")


class ReaderFailed(ShouwenError):
    """A fault of our own while a file was being read: the file may be good, and is kept. ``detail`` names the fault and its place in the
    code, never what stands in the file."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(f"the reading program failed: {detail}; see the cage's log",
                         "系統讀這個檔案時出了問題，檔案已經保留；請再讀一次，仍然不行請通知管理人員。")


class FormNotFilled(ShouwenError):
    def __init__(self, form: str, detail: str) -> None:
        self.form, self.detail = form, detail
        super().__init__(
            f"{form} could not be filled: {detail}",
            f"表單 {form} 沒有產生出來（{detail}），其他表單不受影響；請通知管理人員。",
        )


class DefinitionError(ShouwenError):
    """A definition folder is ill-formed. ``where`` is file and line, ``mend`` what to change."""

    def __init__(self, where: str | Path, problem: str, mend: str) -> None:
        self.where, self.problem, self.mend = str(where), problem, mend
        super().__init__(f"{where}: {problem}; {mend}", f"{where}：{problem}；{mend}")


class ServiceError(ShouwenError):
    """The service says no."""


class NotSignedIn(ServiceError):
    def __init__(self) -> None:
        super().__init__("no valid session", "請先登入；剛才填寫的內容還在，登入後會回到同一頁。")


class WrongSignIn(ServiceError):
    """Which of the two is wrong is not said: that would tell who has an account."""

    def __init__(self) -> None:
        super().__init__("wrong log-in or password", "帳號或密碼不對，請再試一次；忘記密碼可以重設。")


class WrongCode(ServiceError):
    def __init__(self) -> None:
        super().__init__("wrong, used or expired code", "驗證碼不對或已經過期，請核對信件，或重新寄一次驗證碼。")


class WeakPassword(ServiceError):
    """``missing`` names what the password lacks, in Chinese (SYS-20)."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__("password too weak", f"密碼還缺：{'、'.join(missing)}。")


class NotAllowed(ServiceError):
    def __init__(self, action: str) -> None:
        self.action = action
        super().__init__(f"not allowed: {action}", "您的帳號沒有這項權限，需要時請洽管理人員。")


class OldForm(NotAllowed):
    def __init__(self, action: str) -> None:
        super().__init__(action)
        self.zh = "這一頁開得太久，或在別的分頁重新登入過，所以沒有送出。請回到那一頁再送一次，填好的內容還在。"


class NotFound(ServiceError):
    def __init__(self, what: str, key: str) -> None:
        self.what, self.key = what, key
        super().__init__(f"no {what} {key}", "找不到這筆資料，可能已移除或網址有誤。")


class Stopped(ServiceError):
    """個人資料保護法第 11 條: the use of the data was stopped at the request of the person concerned."""

    def __init__(self, case_id: int) -> None:
        self.case_id = case_id
        super().__init__(f"the use of the data of case {case_id} is stopped",
                         "這件申請已依當事人的請求停止處理；由申請人在「我的資料」恢復後才能繼續，剛才的內容沒有存入。")


class Stale(ServiceError):
    """``changed`` says what somebody else saved in the meantime."""

    def __init__(self, what: str, changed: str) -> None:
        self.what, self.changed = what, changed
        super().__init__(f"{what} was changed meanwhile: {changed}", f"這一頁打開以後，資料又存過：{changed}。請看過再存一次。")


class TooManyTries(ServiceError):
    def __init__(self, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        super().__init__(f"too many tries; wait {wait_seconds} s", f"嘗試太多次，請 {wait_seconds} 秒後再試。")


class LogBroken(ServiceError):
    """``line`` is the first line of the audit log that does not hold."""

    def __init__(self, line: int, problem: str) -> None:
        self.line, self.problem = line, problem
        super().__init__(f"the audit log breaks at line {line}: {problem}", f"稽核紀錄自第 {line} 筆起不連續：{problem}。")
