-- Whoever set a gate's day is an account of a compound, which need not be the gate's.
alter table outing_gate_day add column changed_by_compound_id uuid;
update outing_gate_day set changed_by_compound_id = compound_id;
alter table outing_gate_day alter column changed_by_compound_id set not null;
