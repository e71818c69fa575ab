-- Alerts worked to their end: by when they must be acknowledged, who took which step, which reports opened and joined them.

alter table health_alert
    -- the deadline as it stood when the alert was opened; a policy changed later does not move it
    add column acknowledge_by timestamptz,
    add column acknowledged_at timestamptz,
    -- since when the health centre and the subdistrict know of it
    add column escalated_at timestamptz,
    add column transferred_at timestamptz,
    -- counts up with every step and every report that joins, so that nobody closes what they have not seen
    add column version integer not null default 1;
update health_alert set acknowledge_by = opened_at + interval '10 minutes',
    acknowledged_at = case when state <> 'OPEN' then coalesce(closed_at, opened_at) end;
alter table health_alert
    alter column acknowledge_by set not null,
    add check (state = 'OPEN' or acknowledged_at is not null or escalated_at is not null),
    add check ((state = 'CLOSED') = (closed_at is not null));
create index health_alert_by_time on health_alert (compound_id, opened_at, id);
create index health_alert_unclosed on health_alert (compound_id, building_id) where state <> 'CLOSED';
create index health_alert_unacknowledged on health_alert (acknowledge_by) where state = 'OPEN';

-- Appended only. A step without a person was taken by the clock.
create table health_alert_step (
    compound_id uuid not null,
    alert_id uuid not null,
    -- the alert's version that the step made
    version integer not null,
    event text not null check (event in ('ACKNOWLEDGE', 'ESCALATE', 'TRANSFER', 'CLOSE')),
    from_state text not null,
    to_state text not null,
    note text,
    taken_at timestamptz not null,
    by_compound_id uuid,
    by_account_id uuid,
    by_role text,
    primary key (compound_id, alert_id, version),
    foreign key (compound_id, alert_id) references health_alert (compound_id, id),
    check ((by_account_id is null) = (by_compound_id is null) and (by_account_id is null) = (by_role is null))
);

-- Appended only: what was measured when a report opened the alert or joined it; a correction afterwards changes nothing here.
create table health_alert_report (
    compound_id uuid not null,
    alert_id uuid not null,
    report_date date not null,
    round smallint not null,
    version integer not null,
    opened boolean not null,
    temperature_tenths smallint not null,
    symptoms text[] not null,
    note text,
    received_at timestamptz not null,
    primary key (compound_id, alert_id, report_date, round, version),
    foreign key (compound_id, alert_id) references health_alert (compound_id, id)
);
insert into health_alert_report (compound_id, alert_id, report_date, round, version, opened, temperature_tenths, symptoms, note, received_at)
select p.compound_id, p.alert_id, p.report_date, p.round, p.version, p.received_at = a.opened_at, p.temperature_tenths, p.symptoms,
    p.note, p.received_at
from health_report p join health_alert a on a.compound_id = p.compound_id and a.id = p.alert_id;
