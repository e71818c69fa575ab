-- What could not be delivered is forgotten when its days are over.
create index outbox_message_parked on outbox_message (compound_id, settled_at) where state = 'PARKED';
