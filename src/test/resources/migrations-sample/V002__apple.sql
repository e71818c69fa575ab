-- two lines, Chinese, and an end without a newline
insert into fruit values ('苹果');