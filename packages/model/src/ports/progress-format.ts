/**
 * The format of the progress that the drivers of this version write and read. A step whose stored progress has another is
 * of a newer version: it is left alone and shown, never failed (house §3.9).
 */
export const knownProgressFormat = 1;
