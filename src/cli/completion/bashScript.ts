import type { CompletedCommand, CompletedOption, Values } from './completedCommands.ts';

/** The script for bash. Nothing that 3.2, the bash of macOS, lacks is needed: `compopt` only adds to it. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  return `# Completion of inception-cli for bash, made by \`inception-cli completion bash\`.
${completionFunction(commands)}
complete -F _inception_cli inception-cli
`;
}

/** What bash calls, and, through its bashcompinit, zsh; it says nothing of where it is used. */
export function completionFunction(commands: readonly CompletedCommand[]): string {
  return `${helpers}
_inception_cli() {
${reading}
  # What follows an option that takes a value is that value.
  case "$command $option" in
${commands.flatMap(({ name, options }) => options.flatMap((option) => valueCase(name, option))).join('\n')}
  esac
  if [[ $current == -* ]]; then
    case "$command" in
${commands.map(flagCase).join('\n')}
    esac
    _inception_cli_words "$words"
    return
  fi
  case "$command" in
${commands.map(({ name, operands }) => `    '${name}') ${assigned(operands)} ;;`).join('\n')}
  esac
  _inception_cli_words "$words"
  _inception_cli_files "$files"
}`;
}

function valueCase(command: string, { flags, value }: CompletedOption): readonly string[] {
  if (value === undefined) return [];
  const patterns = flags.map((flag) => `'${command} ${flag}'`).join(' | ');
  return [
    `    ${patterns}) ${assigned(value)}; _inception_cli_words "$words"; _inception_cli_files "$files"; return ;;`,
  ];
}

function flagCase({ name, options }: CompletedCommand): string {
  return `      '${name}') words='${options.flatMap(({ flags }) => flags).join(' ')}' ;;`;
}

function assigned({ words, files }: Values): string {
  return `words='${words.join(' ')}' files='${files ?? ''}'`;
}

/** Finds `command`, `current`, the word that is completed, and the `option` before it. */
const reading = `\
  local current=\${COMP_WORDS[COMP_CWORD]} previous= command= option= glued= words= files= i
  local -a given
  COMPREPLY=()
  given=()
  # bash takes \`a=b\` apart: it is put together again.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    if [[ ( -n $glued || \${COMP_WORDS[i]} == "=" ) && \${#given[@]} -gt 0 ]]; then
      given[\${#given[@]}-1]="\${given[\${#given[@]}-1]}\${COMP_WORDS[i]}"
    else
      given+=("\${COMP_WORDS[i]}")
    fi
    glued=
    if [[ \${COMP_WORDS[i]} == "=" ]]; then glued=1; fi
  done
  current=\${given[\${#given[@]}-1]}
  for ((i = 0; i < \${#given[@]} - 1; i++)); do
    previous=\${given[i]}
    if [[ -z $command && $previous != -* ]]; then command=$previous; fi
  done
  option=$previous
  if [[ $current == --*=* ]]; then
    option=\${current%%=*}
    current=\${current#*=}
  fi`;

/** Both read \`current\` of the function that calls them, and add to what is offered. */
const helpers = `
# Adds those of some words that begin as the current one does, without what stands before its last \`=\`, as bash has it.
_inception_cli_words() {
  local word before=
  if [[ $COMP_WORDBREAKS == *"="* && $current == *"="* ]]; then before="\${current%=*}="; fi
  while IFS= read -r word; do
    COMPREPLY+=("\${word#"$before"}")
  done < <(compgen -W "$1" -- "$current")
}

# Adds files of a kind and folders; for specs those that end as specs do.
_inception_cli_files() {
  local name start=\${current//\\\\/}
  if [[ -z $1 ]]; then return; fi
  start=\${start#[\\"\\']}
  if [[ $1 == any && $start == *"="* ]]; then start=\${start##*=}; fi
  compopt -o filenames 2>/dev/null
  while IFS= read -r name; do
    if [[ $1 == any || -d $name ]]; then
      COMPREPLY+=("$name")
    elif [[ $1 == specs ]]; then
      case "$name" in *.yaml | *.yml | *.json) COMPREPLY+=("$name") ;; esac
    fi
  done < <(compgen -f -- "$start")
}
`;
