-- Words that other residents would read, while they may not: being checked, held until staff look, or refused. What has no row is shown. The thing itself is
-- filed, and its clocks run, whatever stands here.
create table wording (
    compound_id uuid not null,
    id uuid not null,
    kind text not null check (kind in ('TICKET_PLACE', 'PURCHASE')),
    thing_id uuid not null,
    author_compound_id uuid not null,
    author_id uuid not null,
    -- gone once decided: the thing has them
    words text,
    state text not null check (state in ('ASKED', 'HELD', 'SHOWN', 'REFUSED')),
    why text check (why in ('LISTED', 'PERSONAL', 'RISKY', 'UNCHECKED')),
    said_at timestamptz not null,
    -- when WeChat is asked again where it did not answer
    ask_again_at timestamptz,
    decided_at timestamptz,
    decided_by_compound_id uuid,
    decided_by uuid,
    answer text,
    primary key (compound_id, id),
    unique (compound_id, kind, thing_id),
    check ((state = 'HELD') = (why is not null)),
    check ((state in ('ASKED', 'HELD')) = (words is not null)),
    check ((state in ('SHOWN', 'REFUSED')) = (decided_at is not null)),
    check (state <> 'REFUSED' or answer is not null)
);
create index wording_held on wording (compound_id, id) where state = 'HELD';
create index wording_to_ask on wording (ask_again_at) where ask_again_at is not null;
