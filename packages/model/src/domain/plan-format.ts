/** Of the plans that this version writes and drives; another is of a newer version and is left to it (house §3.9). */
export const planFormat = 1;
