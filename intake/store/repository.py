"""The one door to the store: every function that the desks and the worker call, each with an open session first.

    with database.session() as session:                       # one request or job: one transaction (store/database.py)
        c = repository.create_case(session, "sme-std", person)
        repository.agree(session, c.id, person, "f11-108")     # consent before anything is read (SYS-01)
        p = repository.add_paper(session, c.id, stored, "表.pdf", "application/pdf", person)
        client.enqueue_read(session, p.id)                     # work/client.py

Cases          create_case, case, cases_of, queue(QueueFilter), queue_count, queue_counts, queue_numbers, submit, set_state, save_due,
               assign, add_note, notes
Consent        agree, require_consent
Papers         add_paper, copy_paper, paper, papers, remove_paper, restore_paper, start_reading, save_picture, picture
Readings       save_reading, has_reading, fail_reading, reading, readings, texts; PAPER_ERRORS has the sentence of each error code
Entries        add_entry, entries, read_from_json
Registers      save_answer, answers
Facts          facts, notices, value_history
Results        save_decision, latest_decision, decisions, save_forms, forms, form, bundle
State          progress

Functions that save something a person decided take ``expected_version`` (CaseView.version as that person saw it) and raise Stale.
They return the frozen values of ``views.py``. Nobody here writes the audit log: the caller does, in the same session, after the change.
"""

from intake.store.cases import (
    SORTS,
    QueueFilter,
    add_note,
    agree,
    assign,
    case,
    cases_of,
    create_case,
    notes,
    queue,
    queue_count,
    queue_counts,
    queue_numbers,
    require_consent,
    save_due,
    set_state,
    submit,
)
from intake.store.contents import (
    add_entry,
    add_paper,
    copy_paper,
    entries,
    facts,
    fail_reading,
    has_reading,
    notices,
    paper,
    papers,
    read_from_json,
    reading,
    readings,
    remove_paper,
    restore_paper,
    save_reading,
    start_reading,
    texts,
    value_history,
)
from intake.store.faults import PAPER_ERRORS
from intake.store.lookups import answers, save_answer
from intake.store.pictures import picture, save_picture
from intake.store.results import FormFiles, bundle, decisions, form, forms, latest_decision, progress, save_decision, save_forms

__all__ = [
    "PAPER_ERRORS", "SORTS", "FormFiles", "QueueFilter", "add_entry", "add_note", "add_paper", "agree", "answers", "assign", "bundle",
    "case", "cases_of", "copy_paper", "create_case", "decisions", "entries", "facts", "fail_reading", "form", "forms", "has_reading",
    "latest_decision", "notes", "notices", "paper", "papers", "picture", "progress", "queue", "queue_count", "queue_counts",
    "queue_numbers", "read_from_json", "reading", "readings", "remove_paper", "require_consent", "restore_paper", "save_answer",
    "save_decision", "save_due", "save_forms", "save_picture", "save_reading", "set_state", "start_reading", "submit", "texts",
    "value_history",
]
