-- Who knocks may have their account in another compound, and a reference between compounds would keep the tables from being divided by
-- them (CatalogueTest). Like the audit, it says who it was without a foreign key.
alter table health_knock drop constraint health_knock_by_compound_id_by_account_id_fkey;
