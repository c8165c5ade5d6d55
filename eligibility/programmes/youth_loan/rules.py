"""青年創業及啟動金貸款: the person, the business, the loan. Ages in completed years."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from eligibility.dates import anniversary, months_after, roc
from eligibility.paper import Paper, there
from eligibility.rule import Answer, at_least, both, either, failed, needs, not_applicable, passed, undetermined, valued
from eligibility.words import about, yuan

ROLES = ("負責人", "出資人")
PURPOSES = {"準備金": "startup", "開辦": "startup", "週轉": "working", "資本": "capital"}


def person_role_age(
    min_age: int,
    max_age: int,
    person__role_in_business: str | None = None,
    person__household_registered: bool | None = None,
    person__birth_date: date | None = None,
    day: date | None = None,
) -> Answer:
    """From the 20th birthday to the day before the 46th; 至45歲 read as completed years, which after the 45th birthday is contested."""
    role = None if person__role_in_business is None else any(r in person__role_in_business for r in ROLES)
    aged = _aged(person__birth_date, day, min_age, max_age)
    holds = both(role, person__household_registered, aged)
    if holds is False:
        wrong = [(role, "不是所創事業負責人或出資人"), (person__household_registered, "沒有在中華民國設有戶籍")]
        said = [w for v, w in wrong if v is False]
        if aged is False and person__birth_date and day:
            said.append(f"{roc(person__birth_date)}生，到{roc(day)} {_age(person__birth_date, day)} 歲，不在 {min_age} 歲至 {max_age} 歲")
        return failed("；".join(said) + "。", "三項都要符合。")
    if holds is None or person__birth_date is None or day is None:
        return needs("還不知道角色（負責人或出資人）、戶籍、出生年月日或申請日。")
    age = _age(person__birth_date, day)
    flag = (
        f"；已滿 {max_age} 歲，「至 {max_age} 歲」的末日有不同解讀，請留意"
        if age == max_age and anniversary(person__birth_date, age) < day
        else ""
    )
    return passed(f"{person__role_in_business}，設有戶籍，{age} 歲，在 {min_age} 歲至 {max_age} 歲{flag}。", age)


def course(
    course_hours: int,
    course_credits: int,
    person__course_hours_3y: int | None = None,
    person__course_credits_3y: int | None = None,
    doc__course_certificate: Paper | None = None,
) -> Answer:
    """Hours or credits within three years; the figures are those of the certificate, which must not be missing."""
    taken = _taken(person__course_hours_3y, person__course_credits_3y, course_hours, course_credits)
    taken_up = (("小時", person__course_hours_3y), ("學分", person__course_credits_3y))
    said = "、".join(f"{unit}數還不知道" if n is None else f"{n} {unit}" for unit, n in taken_up)
    if taken is False:
        return failed(
            f"過去 3 年課程{said}，未達 {course_hours} 小時或 {course_credits} 學分。",
            f"補足 {course_hours} 小時或 {course_credits} 學分。",
        )
    if taken is None:
        return needs(
            f"過去 3 年課程{said}，還不能判斷是否達 {course_hours} 小時或 {course_credits} 學分。",
            *(
                f
                for f, v in (("person.course_hours_3y", person__course_hours_3y), ("person.course_credits_3y", person__course_credits_3y))
                if v is None
            ),
        )
    if doc__course_certificate is not None and not there(doc__course_certificate):
        return needs(f"過去 3 年課程{said}，還沒有附證明。", "doc.course_certificate")
    return passed(f"過去 3 年課程{said}，達 {course_hours} 小時或 {course_credits} 學分。")


def equity_20(
    min_share_percent: int,
    loan__applicant_is_business: bool | None = None,
    person__registered_contribution: int | None = None,
    fin__paid_in_capital: int | None = None,
) -> Answer:
    """The person's registered contribution against the paid-in capital; not asked where the business applies."""
    if loan__applicant_is_business:
        return not_applicable("以事業體申貸，不要求出資額比例。")
    if person__registered_contribution is None or fin__paid_in_capital is None:
        return needs("還不知道申請人登記之出資額或實收資本額。")
    said = f"登記出資額 {yuan(person__registered_contribution)}，實收資本額 {yuan(fin__paid_in_capital)}"
    if 100 * person__registered_contribution >= min_share_percent * fin__paid_in_capital:
        return passed(f"{said}，占 {min_share_percent}% 以上。")
    least = -(-min_share_percent * fin__paid_in_capital // 100)
    return failed(f"{said}，不到 {min_share_percent}%。", f"登記出資額至少 {yuan(least)}才符合，或改以事業體申貸。")


def business_registered(org__registration_kind: str) -> Answer:
    """公司, 商業登記 or 立案, all three."""
    return passed({"company": "已辦理公司登記。", "business": "已辦理商業登記。", "licensed": "已依法立案。"}[org__registration_kind])


def business_age_5(max_business_years: int, org__founding_date: date, day: date) -> Answer:
    """The original registration; a change does not count. The fifth anniversary is included."""
    if org__founding_date > day:
        return needs(f"原始設立登記{roc(org__founding_date)}晚於申請日{roc(day)}，請確認。", "org.founding_date", "app.submitted_date")
    said = f"原始設立登記{roc(org__founding_date)}，到申請日{roc(day)}"
    if day <= anniversary(org__founding_date, max_business_years):
        return passed(f"{said}未超過 {max_business_years} 年。")
    return failed(f"{said}超過 {max_business_years} 年；變更登記日不算。")


def business_applicant(
    min_age: int,
    max_age: int,
    course_hours: int,
    course_credits: int,
    loan__applicant_is_business: bool,
    person__role_in_business: str | None = None,
    person__birth_date: date | None = None,
    person__course_hours_3y: int | None = None,
    person__course_credits_3y: int | None = None,
    day: date | None = None,
) -> Answer:
    """The responsible person of a business that applies meets the first two conditions, not the share."""
    if not loan__applicant_is_business:
        return not_applicable("以個人申貸。")
    responsible = None if person__role_in_business is None else "負責人" in person__role_in_business
    aged = _aged(person__birth_date, day, min_age, max_age)
    taken = _taken(person__course_hours_3y, person__course_credits_3y, course_hours, course_credits)
    holds = both(responsible, aged, taken)
    if holds:
        return passed("以事業體申貸，負責人年齡與課程都符合，不要求出資額比例。")
    checks = (
        ("負責人身分", responsible, "person.role_in_business"),
        ("年齡", aged, "person.birth_date"),
        ("課程時數或學分", taken, "person.course_hours_3y"),
    )
    if holds is False:
        return failed(f"以事業體申貸，負責人的{'、'.join(n for n, v, _ in checks if v is False)}不符。", "負責人須符合年齡與課程條件。")
    return needs(
        f"以事業體申貸，還不知道負責人的{'、'.join(n for n, v, _ in checks if v is None)}。", *(f for _, v, f in checks if v is None)
    )


def use(loan__purpose: str) -> Answer:
    """One of three uses."""
    if _purpose(loan__purpose):
        return passed(f"貸款用途為{loan__purpose}。")
    return failed(f"「{loan__purpose}」不是準備金及開辦費用、週轉性支出或資本性支出。", "改為三種用途之一。")


def amount_startup(
    startup_max: int,
    startup_months: int,
    loan__purpose: str,
    loan__amount: int | None = None,
    org__founding_date: date | None = None,
    day: date | None = None,
) -> Answer:
    """From the preparation to eight months after registration."""
    if _purpose(loan__purpose) != "startup":
        return not_applicable("沒有申請準備金及開辦費用。", loan__amount)
    limit = None if org__founding_date is None else months_after(org__founding_date, startup_months)
    in_time = None if limit is None or day is None else day <= limit
    small = None if loan__amount is None else loan__amount <= startup_max
    holds = both(in_time, small)
    if holds is False:
        said = [f"貸款 {yuan(loan__amount or 0)}超過 {about(startup_max)}"] if small is False else []
        said += [f"完成登記後 {startup_months} 個月到{roc(limit)}，{roc(day)}申請已過"] if in_time is False and limit and day else []
        return failed("；".join(said) + "。", f"貸款在 {about(startup_max)}以內，並在登記後 {startup_months} 個月內申請才符合。")
    if holds is None or loan__amount is None:
        return needs("還不知道貸款金額、核准設立日期或申請日。")
    return passed(f"貸款 {yuan(loan__amount)}，未超過 {about(startup_max)}，也在登記後 {startup_months} 個月內。", loan__amount)


def amount_working(
    working_max: int, working_max_incubated: int, loan__purpose: str, loan__amount: int | None = None, org__incubated: bool | None = None
) -> Answer:
    """More for a firm raised by an incubator."""
    if _purpose(loan__purpose) != "working":
        return not_applicable("沒有申請週轉性支出。", loan__amount)
    if loan__amount is None:
        return needs("還不知道貸款金額。", "loan.amount")
    if loan__amount <= working_max or (org__incubated and loan__amount <= working_max_incubated):
        return passed(
            f"貸款 {yuan(loan__amount)}，在額度 {about(working_max_incubated if org__incubated else working_max)}之內。", loan__amount
        )
    if org__incubated is None and loan__amount <= working_max_incubated:
        return needs(f"貸款 {yuan(loan__amount)}超過 {about(working_max)}，還不知道是否經育成中心輔導培育。", "org.incubated")
    most = working_max_incubated if org__incubated else working_max
    return failed(f"貸款 {yuan(loan__amount)}，超過額度 {about(most)}。", f"降到 {about(most)}以內才符合。")


def amount_capital(capital_max: int, loan__purpose: str, loan__amount: int | None = None) -> Answer:
    """For premises, machines, equipment and software."""
    if _purpose(loan__purpose) != "capital":
        return not_applicable("沒有申請資本性支出。", loan__amount)
    if loan__amount is None:
        return needs("還不知道貸款金額。", "loan.amount")
    if loan__amount <= capital_max:
        return passed(f"貸款 {yuan(loan__amount)}，在額度 {about(capital_max)}之內。", loan__amount)
    return failed(f"貸款 {yuan(loan__amount)}，超過額度 {about(capital_max)}。", f"降到 {about(capital_max)}以內才符合。")


def term(
    term_short: list[int],
    term_premises: list[int],
    term_machines: list[int],
    loan__purpose: str,
    loan__term_years: Decimal | None = None,
    loan__grace_years: Decimal | None = None,
    loan__capital_kind: str | None = None,
) -> Answer:
    """Years and of them years of grace; the bank may adjust, so more is not a failure."""
    if _purpose(loan__purpose) != "capital":
        limits = [term_short]
    elif loan__capital_kind is None:
        limits = [term_premises, term_machines]
    else:
        limits = [term_machines if any(w in loan__capital_kind for w in ("機器", "設備", "軟體")) else term_premises]
    within = {both(_at_most(loan__term_years, years), _at_most(loan__grace_years, grace)) for years, grace in limits}
    said = f"{_years('貸款期限', loan__term_years)}、{_years('寬限期', loan__grace_years)}"
    bounds = "或".join(f"最長 {years} 年、寬限期 {grace} 年" for years, grace in limits)
    if within == {True}:
        return passed(f"{said}，在{bounds}之內。")
    if within == {False}:
        return undetermined(f"{said}，超過{bounds}；承貸金融機構得視個案調整。")
    missing = (("loan.term_years", loan__term_years), ("loan.grace_years", loan__grace_years), ("loan.capital_kind", loan__capital_kind))
    return needs(
        f"{said}，還不能判斷是否在{bounds}之內。", *(f for f, v in missing if v is None and (f != "loan.capital_kind" or len(limits) > 1))
    )


def interest(interest_margin: Decimal, loan__postal_2y_rate: Decimal) -> Answer:
    """The floating rate plus the margin, in per cent."""
    rate = loan__postal_2y_rate + interest_margin
    return valued(rate, f"郵政儲金2年期定期儲金機動利率 {loan__postal_2y_rate}% 加 {interest_margin}%，為 {rate}%，機動計息。")


def repayment() -> Answer:
    """How it is paid back."""
    return valued("寬限期滿後按月平均攤還", "寬限期滿後，按月平均攤還本金或本息。")


def _age(born: date, day: date) -> int:
    years = day.year - born.year
    return years if anniversary(born, years) <= day else years - 1


def _aged(born: date | None, day: date | None, least: int, most: int) -> bool | None:
    return None if born is None or day is None else least <= _age(born, day) <= most


def _taken(hours: int | None, points: int | None, least_hours: int, least_points: int) -> bool | None:
    return either(at_least(hours, least_hours), at_least(points, least_points))


def _at_most(value: Decimal | None, limit: int) -> bool | None:
    return None if value is None else value <= limit


def _years(what: str, value: Decimal | None) -> str:
    return f"{what}還不知道" if value is None else f"{what} {value} 年"


def _purpose(said: str) -> str | None:
    return next((kind for word, kind in PURPOSES.items() if word in said), None)
