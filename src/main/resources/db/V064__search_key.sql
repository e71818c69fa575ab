-- By which keys phones and ID numbers are found, so that these keys too can be exchanged while the house runs. Whoever writes such a hash
-- reads here first, sharing the row until they commit; whoever moves hashes to another key locks it.
create table search_key (
    key_id text primary key,
    -- WHOLE: every login is found by it; COMING: new ones are found by it as well; LEAVING: nothing new is written by it
    state text not null check (state in ('WHOLE', 'COMING', 'LEAVING'))
);
create unique index search_key_whole on search_key (state) where state = 'WHOLE';
insert into search_key select key_id, 'WHOLE' from sealing_key where searches;

-- By which key the hashes of a compound's rows are made, all of them by the same; none yet: by the one that is whole.
create table compound_search_key (
    compound_id uuid primary key references compound,
    key_id text not null
);

-- A login has a row for each key that is in force, so that the same phone is never taken twice while one goes and another comes.
alter table account_login add column key_id text;
update account_login set key_id = (select key_id from search_key);
create index account_login_of_account on account_login (compound_id, account_id);
