-- What is kept for so many days only: the forms that name people leave their numbers behind.
alter table form_freeze add column names_forgotten_at timestamptz;
create index form_freeze_with_names on form_freeze (compound_id, form_date) where names_forgotten_at is null;

create index door_task_ended on door_task (compound_id, ended_at) where ended_at is not null;
create index purchase_ended on purchase (compound_id, ended_at) where ended_at is not null;
create index door_arrangement_over on door_arrangement (compound_id, until_date) where state in ('REFUSED', 'ENDED');
create index health_alert_closed on health_alert (compound_id, closed_at) where closed_at is not null;
create index notification_by_age on notification using brin (created_at);
create index visit_of_ticket on visit (compound_id, ticket_id) where ticket_id is not null;
