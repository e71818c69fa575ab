-- Pictures of tickets; who sees the ticket sees them.
create table ticket_photo (
    compound_id uuid not null,
    ticket_id uuid not null,
    photo_id uuid not null,
    side text not null check (side in ('REPORTER', 'STAFF')),
    added_at timestamptz not null,
    primary key (compound_id, ticket_id, photo_id),
    foreign key (compound_id, ticket_id) references ticket (compound_id, id)
);
