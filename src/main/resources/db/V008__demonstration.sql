-- Asked at every start: accounts whose password everybody knows must not be reachable from other machines.
create index account_demonstration on account (compound_id) where demonstration;
