-- WeChat: who somebody is there, and the access token that all instances share.

-- Directory: the account of a person of a mini program. The openid is sealed; it is found by a keyed hash.
create table wechat_login (
    app_id text not null,
    openid_hash bytea not null,
    openid_sealed bytea not null,
    compound_id uuid not null,
    account_id uuid not null,
    bound_at timestamptz not null,
    primary key (app_id, openid_hash),
    unique (compound_id, account_id, app_id),
    foreign key (compound_id, account_id) references account (compound_id, id)
);

-- Directory: somebody whom WeChat knows and the house does not, for the minutes until they say who they are. Used up by that.
create table wechat_binding (
    token_hash bytea primary key,
    app_id text not null,
    openid_hash bytea not null,
    openid_sealed bytea not null,
    expires_at timestamptz not null
);
create index wechat_binding_expires on wechat_binding (expires_at);

-- Above all compounds: an app's access token, sealed. Each replacement is by compare-and-set on the version.
create table wechat_token (
    app_id text primary key,
    version bigint not null,
    token_sealed bytea,
    expires_at timestamptz not null,
    -- by the database's clock: until then one instance asks WeChat for the next
    claimed_until timestamptz,
    forced_at timestamptz
);
