-- Every scan at a gate, also those that were refused; a movement is one after which somebody was through.

create table gate_scan (
    compound_id uuid not null,
    -- made by the device before it asks, so that a repetition is the same scan
    nonce uuid not null,
    gate_id uuid not null,
    direction text not null check (direction in ('OUT', 'IN')),
    -- the device's time
    scanned_at timestamptz not null,
    scan_date date not null,
    received_at timestamptz not null,
    -- decided by a gate without network
    offline boolean not null,
    -- null where the code names no pass of this compound
    pass_id uuid,
    resident_id uuid,
    household_id uuid,
    building_id uuid,
    temperature_tenths smallint check (temperature_tenths between 340 and 430),
    mask boolean,
    allowed boolean not null,
    reason text not null,
    moved boolean not null,
    -- why they should not have gone through, where they did
    conflict text,
    by_compound_id uuid not null,
    by_account_id uuid not null,
    primary key (compound_id, nonce),
    foreign key (compound_id, gate_id) references gate (compound_id, id),
    foreign key (compound_id, pass_id) references outing_pass (compound_id, id),
    check ((pass_id is null) = (resident_id is null)),
    check ((pass_id is null) = (household_id is null)),
    check ((pass_id is null) = (building_id is null)),
    check (moved = (allowed or conflict is not null))
);
create index gate_scan_by_day on gate_scan (compound_id, scan_date, scanned_at);
create index gate_scan_of_pass on gate_scan (compound_id, pass_id, scanned_at) where moved;
create index gate_scan_conflict on gate_scan (compound_id, scan_date) where conflict is not null;

-- what a gate takes with it for the time without network, and who is out
create index outing_pass_by_day on outing_pass (compound_id, outing_date);
create index outing_pass_out on outing_pass (compound_id, valid_until) where state in ('OUT', 'OVERDUE');
