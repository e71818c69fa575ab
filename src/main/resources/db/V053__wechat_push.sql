-- What WeChat's servers told us, by a hash of it: they say the same again where they heard no answer in five seconds.
create table wechat_push (
    app_id text not null,
    content_hash bytea not null,
    event text not null,
    received_at timestamptz not null,
    primary key (app_id, content_hash)
);
create index wechat_push_received on wechat_push (received_at);
