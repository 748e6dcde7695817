"""Workers of the mail that comes in. Each may run twice, anywhere."""

from celery import shared_task

from integrations import selectors, services


@shared_task
def look_into_mailboxes():
    services.handle_waiting()
    for mailbox_id in selectors.mailboxes_on_servers():
        look_into_mailbox.apply_async(kwargs={"mailbox_id": mailbox_id}, retry=False, expires=60)


@shared_task
def look_into_mailbox(*, mailbox_id):
    services.poll(mailbox_id)
