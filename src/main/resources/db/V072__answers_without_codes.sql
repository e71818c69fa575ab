-- Answers kept for repeated requests held visitors' codes; they are computed for each answer now. What was kept so far is rewritten as it is kept from here on.
update idempotency_key k
set answer = (case when k.answer like '{"visitId":%'
        then k.answer::jsonb - 'code' || jsonb_build_object('codeKey', v.code_key)
        else jsonb_build_object('visit', k.answer::jsonb - 'code', 'codeKey', v.code_key) end)::text
from visit v
where k.answer ~ '"code":"V-[0-9A-Z]{5}-[0-9A-Z]{5}"'
  and v.id = substring(k.answer from '^\{"(?:id|visitId)":"([0-9a-f-]{36})"')::uuid;
