import { completionFunction } from './bashScript.ts';
import type { CompletedCommand } from './completedCommands.ts';

/** The script for zsh, whose bashcompinit runs functions that are written for bash. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  return `# Completion of inception-cli for zsh, made by \`inception-cli completion zsh\`.
autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
${completionFunction(commands)}
complete -F _inception_cli inception-cli
`;
}
