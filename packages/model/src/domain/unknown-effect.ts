/**
 * For how long nobody could read what became of an announced effect before its step ends as `effect_unknown`; and for how
 * long the machine's `bmc` and `node` groups stay shut after such an end, since the request may still arrive (house §3.7).
 */
export const unknownEffectSeconds = 300;
