import type { Command } from 'commander';
import type { Shell } from '../addCompletion.ts';
import { bashScript } from '../completion/bashScript.ts';
import { completedCommands } from '../completion/completedCommands.ts';
import { fishScript } from '../completion/fishScript.ts';
import { zshScript } from '../completion/zshScript.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { out } from '../terminal.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `completion`: the script of a shell, made from the commands that there are. */
export function printCompletion(program: Command, shell: Shell): ExitStatus {
  out(scripts[shell](completedCommands(program)));
  return exitStatus.ok;
}
