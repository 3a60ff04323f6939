import { COMPLETE } from '../command.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/**
 * Each script asks the program itself (`tokentray __complete -- words…`), so that its suggestions are always up to date.
 * The answer has one `candidate TAB description` per line; the line `:files` asks for files, `:commands` for commands.
 */
export const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], string>> = {
  bash: `_tokentray() {
  local line value
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) compopt -o default -o filenames; return ;;
      :commands) COMPREPLY=($(compgen -c -- "\${COMP_WORDS[COMP_CWORD]}")); return ;;
    esac
    printf -v value %q "\${line%%$'\\t'*}"
    COMPREPLY+=("$value")
  done < <(tokentray ${COMPLETE} -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _tokentray tokentray
`,
  zsh: `#compdef tokentray
_tokentray() {
  local line
  local -a candidates
  for line in "\${(@f)$(tokentray ${COMPLETE} -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      :files) _files; return ;;
      :commands) _command_names -e; return ;;
      ?*) candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  _describe tokentray candidates
}
if [ "$funcstack[1]" = _tokentray ]; then _tokentray "$@"; else compdef _tokentray tokentray; fi
`,
  fish: `function __tokentray_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (tokentray ${COMPLETE} -- $words[2..] 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path (commandline -ct)
            case :commands
                __fish_complete_command
            case '*'
                echo $line
        end
    end
end
complete -c tokentray -f -a '(__tokentray_complete)'
`,
};
