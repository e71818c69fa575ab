create table fruit (name text primary key);
