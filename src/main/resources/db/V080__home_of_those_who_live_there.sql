-- Since when the family that lives there now does: what the home had before is not theirs to read. Minus infinity where nobody ever left it.
alter table household add column inhabited_since timestamptz not null default '-infinity';
