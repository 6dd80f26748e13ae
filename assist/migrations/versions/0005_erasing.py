"""A document can be taken out of old generations: the service may delete what says it is in one."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Allow it; the policy of the table still shows the rows of one workspace only."""
    op.execute("GRANT DELETE ON generation_documents TO assist_app")


def downgrade() -> None:
    """Take the right back."""
    op.execute("REVOKE DELETE ON generation_documents FROM assist_app")
