/** How long a holder may be silent before others take what it holds; it renews three times as often. */
export const leaseSeconds = 3;
