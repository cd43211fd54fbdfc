/** Values of `--target`. */
export const targetChoices = ['cortex', 'certus', 'local'] as const;

export type TargetChoice = (typeof targetChoices)[number];
