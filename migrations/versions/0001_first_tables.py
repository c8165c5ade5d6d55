"""First tables: accounts, cases, papers and what becomes of them, the log, the work."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

APPEND_ONLY = {
    "sqlite": [
        """create trigger audit_log_no_update before update on audit_log
           begin select raise(abort, 'audit_log is append-only'); end""",
        """create trigger audit_log_no_delete before delete on audit_log
           begin select raise(abort, 'audit_log is append-only'); end""",
    ],
    "postgresql": [
        """create function audit_log_refuse() returns trigger language plpgsql as
           $$ begin raise exception 'audit_log is append-only'; end $$""",
        """create trigger audit_log_no_change before update or delete on audit_log
           for each row execute function audit_log_refuse()""",
        """create trigger audit_log_no_truncate before truncate on audit_log
           for each statement execute function audit_log_refuse()""",
    ],
}


def column(name: str, kind: Any, *, nullable: bool = False, **more: Any) -> sa.Column[Any]:
    """A column that must have a value unless it says otherwise."""
    return sa.Column(name, kind, nullable=nullable, **more)


def upgrade() -> None:
    op.create_table(
        "accounts",
        column("id", ROW),
        column("login", sa.String(60)),
        column("role", sa.String(20)),
        column("name", sa.String(120)),
        column("email", sa.String(254)),
        column("password_hash", sa.String(200), nullable=True),
        column("state", sa.String(20)),
        column("created_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("login", name="uq_accounts_login"),
    )
    op.create_table(
        "audit_head",
        column("id", sa.Integer(), autoincrement=False),
        column("seq", sa.BigInteger()),
        column("hash", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.create_table(
        "audit_log",
        column("seq", ROW, autoincrement=False),
        column("at", sa.String(19)),
        column("who", sa.String(60)),
        column("role", sa.String(20)),
        column("action", sa.String(20)),
        column("record", sa.String(120)),
        column("detail", sa.Text()),
        column("previous", sa.String(64)),
        column("hash", sa.String(64)),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_log"),
    )
    op.create_index("ix_audit_log_action", "audit_log", ["action"])
    op.create_index("ix_audit_log_at", "audit_log", ["at"])
    op.create_index("ix_audit_log_record", "audit_log", ["record"])
    op.create_index("ix_audit_log_who", "audit_log", ["who"])
    op.create_table(
        "jobs",
        column("id", sa.String(80)),
        column("kind", sa.String(10)),
        column("subject", sa.BigInteger()),
        column("created_at", sa.DateTime()),
        column("taken_by", sa.String(40), nullable=True),
        column("done_at", sa.DateTime(), nullable=True),
        column("error", sa.String(300)),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    op.create_index("ix_jobs_taken_by", "jobs", ["taken_by"])
    op.create_table(
        "outbox",
        column("id", ROW),
        column("recipient", sa.String(254)),
        column("subject", sa.String(200)),
        column("body", sa.Text()),
        column("created_at", sa.DateTime()),
        column("next_at", sa.DateTime()),
        column("sent_at", sa.DateTime(), nullable=True),
        column("tries", sa.Integer()),
        column("error", sa.String(300)),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_sent_at", "outbox", ["sent_at"])
    op.create_table(
        "tries",
        column("id", ROW),
        column("key", sa.String(64)),
        column("at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_tries"),
    )
    op.create_index("ix_tries_key_at", "tries", ["key", "at"])
    op.create_table(
        "workers",
        column("name", sa.String(40)),
        column("pid", sa.Integer()),
        column("started_at", sa.DateTime()),
        column("beat", sa.Double()),
        sa.PrimaryKeyConstraint("name", name="pk_workers"),
    )
    op.create_table(
        "cases",
        column("id", ROW),
        column("number", sa.String(20)),
        column("programme", sa.String(60)),
        column("applicant_id", ROW),
        column("clerk_id", ROW, nullable=True),
        column("state", sa.String(20)),
        column("version", sa.Integer()),
        column("created_at", sa.DateTime()),
        column("submitted_at", sa.DateTime(), nullable=True),
        column("received_on", sa.Date(), nullable=True),
        column("title", sa.String(200)),
        column("outcome", sa.String(20)),
        column("doubts", sa.Integer()),
        column("search", sa.Text()),
        sa.ForeignKeyConstraint(["applicant_id"], ["accounts.id"], name="fk_cases_applicant_id"),
        sa.ForeignKeyConstraint(["clerk_id"], ["accounts.id"], name="fk_cases_clerk_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("number", name="uq_cases_number"),
    )
    op.create_index("ix_cases_applicant_id", "cases", ["applicant_id"])
    op.create_index("ix_cases_state", "cases", ["state"])
    op.create_table(
        "codes",
        column("id", ROW),
        column("account_id", ROW),
        column("purpose", sa.String(10)),
        column("code_hash", sa.String(200)),
        column("tries_left", sa.Integer()),
        column("expires_at", sa.DateTime()),
        column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_codes_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_codes"),
    )
    op.create_index("ix_codes_account_id", "codes", ["account_id"])
    op.create_table(
        "sessions",
        column("id", ROW),
        column("token_hash", sa.String(64)),
        column("account_id", ROW),
        column("address", sa.String(64)),
        column("created_at", sa.DateTime()),
        column("expires_at", sa.DateTime()),
        column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sessions_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    op.create_table(
        "bundles",
        column("id", ROW),
        column("case_id", ROW),
        column("run", sa.String(80)),
        column("pdf_sha256", sa.String(64), nullable=True),
        column("zip_sha256", sa.String(64), nullable=True),
        column("problems", sa.JSON()),
        column("at", sa.DateTime()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_bundles_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bundles"),
        sa.UniqueConstraint("run", name="uq_bundles_run"),
    )
    op.create_index("ix_bundles_case_id", "bundles", ["case_id"])
    op.create_table(
        "consents",
        column("id", ROW),
        column("case_id", ROW),
        column("account_id", ROW),
        column("text_version", sa.String(40)),
        column("at", sa.DateTime()),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_consents_account_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_consents_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_case_id", "consents", ["case_id"])
    op.create_table(
        "decisions",
        column("id", ROW),
        column("case_id", ROW),
        column("run", sa.String(80)),
        column("programme", sa.String(60)),
        column("edition", sa.String(80)),
        column("as_of", sa.Date()),
        column("outcome", sa.String(20)),
        column("decision", sa.JSON()),
        column("facts", sa.JSON()),
        column("at", sa.DateTime()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_decisions_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sa.UniqueConstraint("run", name="uq_decisions_run"),
    )
    op.create_index("ix_decisions_case_id", "decisions", ["case_id"])
    op.create_table(
        "entries",
        column("id", ROW),
        column("case_id", ROW),
        column("version", sa.Integer()),
        column("field", sa.String(80)),
        column("value", sa.JSON()),
        column("account_id", ROW),
        column("by", sa.String(120)),
        column("why", sa.Text()),
        column("confirms", sa.JSON(none_as_null=True), nullable=True),
        column("at", sa.DateTime()),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_entries_account_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_entries_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
    )
    op.create_index("ix_entries_case_id", "entries", ["case_id"])
    op.create_table(
        "events",
        column("id", ROW),
        column("case_id", ROW),
        column("kind", sa.String(40)),
        column("data", sa.JSON()),
        column("at", sa.DateTime()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_events_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_case_id_id", "events", ["case_id", "id"])
    op.create_table(
        "forms",
        column("id", ROW),
        column("case_id", ROW),
        column("run", sa.String(80)),
        column("form", sa.String(20)),
        column("edition", sa.String(40)),
        column("title", sa.String(200)),
        column("docx_sha256", sa.String(64)),
        column("odt_sha256", sa.String(64), nullable=True),
        column("pdf_sha256", sa.String(64), nullable=True),
        column("trace", sa.JSON()),
        column("at", sa.DateTime()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_forms_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_forms"),
        sa.UniqueConstraint("run", "form", name="uq_forms_run_form"),
    )
    op.create_index("ix_forms_case_id", "forms", ["case_id"])
    op.create_table(
        "notes",
        column("id", ROW),
        column("case_id", ROW),
        column("account_id", ROW),
        column("text", sa.Text()),
        column("at", sa.DateTime()),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_notes_account_id"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_notes_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_case_id", "notes", ["case_id"])
    op.create_table(
        "papers",
        column("id", ROW),
        column("case_id", ROW),
        column("sha256", sa.String(64)),
        column("name", sa.String(255)),
        column("size", sa.BigInteger()),
        column("media_type", sa.String(100)),
        column("state", sa.String(20)),
        column("pages", sa.Integer(), nullable=True),
        column("error_code", sa.String(40), nullable=True),
        column("added_by", ROW),
        column("added_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["added_by"], ["accounts.id"], name="fk_papers_added_by"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_papers_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_papers"),
        sa.UniqueConstraint("case_id", "sha256", name="uq_papers_case_id_sha256"),
    )
    op.create_index("ix_papers_case_id", "papers", ["case_id"])
    op.create_index("ix_papers_sha256", "papers", ["sha256"])
    op.create_table(
        "pictures",
        column("id", ROW),
        column("paper_id", ROW),
        column("page", sa.Integer()),
        column("sha256", sa.String(64)),
        column("width", sa.Integer()),
        column("height", sa.Integer()),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_pictures_paper_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pictures"),
        sa.UniqueConstraint("paper_id", "page", name="uq_pictures_paper_id_page"),
    )
    op.create_table(
        "readings",
        column("id", ROW),
        column("paper_id", ROW),
        column("run", sa.String(80)),
        column("reading", sa.JSON()),
        column("engine", sa.String(200)),
        column("at", sa.DateTime()),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_readings_paper_id"),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.UniqueConstraint("run", name="uq_readings_run"),
    )
    op.create_index("ix_readings_paper_id", "readings", ["paper_id"])
    op.execute(f"insert into audit_head (id, seq, hash) values (1, 0, '{'0' * 64}')")
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)
