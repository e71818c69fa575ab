create table half_made (id int);
select no_such_function();
