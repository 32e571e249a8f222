/** The specs that `init` can begin with. */
export const templateNames = ['conv', 'inception-stem', 'resnet', 'transformer'] as const;
export type TemplateName = (typeof templateNames)[number];
