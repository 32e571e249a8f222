/** Columns that a line may take before a collection on it goes on several lines. A comment or a text may be longer. */
export const lineWidth = 120;
