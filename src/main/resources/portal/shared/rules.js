/*
 * The rules of one's compound that residents' pages speak of, as the day's rounds tell them; what is shipped until they have, and for staff,
 * who may have several compounds: what they enter is judged by each compound's own.
 */
const SHIPPED = { feverAbove: 37.3, temperatureMin: 34, temperatureMax: 43, acknowledgeMinutes: 10, travelDays: 14 };

let told = null;

export function noteRules(rules) {
  told = rules;
}

export const areToldOf = () => told !== null;

export const rules = () => told || SHIPPED;
