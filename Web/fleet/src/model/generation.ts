/** The generations of cards that the server tells apart. */
export const generations = ["NV5", "NV6", "NV7", "NV8", "CardAgent", "RFC1628", "unknown"] as const;
