/** The version of this program, as package.json has it; emitted models name it as their producer. */
export const version = '0.1.0';
