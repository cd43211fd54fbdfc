/** Values of `--target`. */
export const targetChoices = ['cortex', 'local'] as const;

export type TargetChoice = (typeof targetChoices)[number];
