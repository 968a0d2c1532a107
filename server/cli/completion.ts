/** `kalint completion SHELL`: scripts that complete commands, options and their values; files where paths are wanted. */
import { describedCommands, type DescribedCommand, type DescribedOption } from "./arguments/describe.ts";
import type { Shell } from "./invocation.ts";

export const completionScript = (shell: Shell): string => {
  switch (shell) {
    case "bash":
      return bash(describedCommands());
    case "zsh":
      return zsh(describedCommands());
    case "fish":
      return fish(describedCommands());
  }
};

/** What stands behind an option is a file. */
const isFile = ({ value, choices }: DescribedOption): boolean => choices.length === 0 && (value === "FILE" || value === "NAME");

const names = (commands: readonly DescribedCommand[]): readonly string[] => commands.map(({ name }) => name);

const bash = (commands: readonly DescribedCommand[]): string => `# kalint completion bash > /etc/bash_completion.d/kalint
_kalint() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=check
  case "\${COMP_WORDS[1]-}" in
    ${names(commands).join("|")}) [[ $COMP_CWORD -gt 1 ]] && command=\${COMP_WORDS[1]} ;;
  esac
  case "$command $before" in
${commands.flatMap(({ name, options }) => options.flatMap((option) => bashValue(name, option))).join("\n")}
  esac
  if [[ $word == -* ]]; then
    case "$command" in
${commands.map(({ name, options }) => `      ${name}) COMPREPLY=($(compgen -W '${[...options.map((option) => option.name), "--help"].join(" ")}' -- "$word")) ;;`).join("\n")}
    esac
    return
  fi
  case "$command" in
${commands.flatMap(bashArguments).join("\n")}
  esac
  [[ $COMP_CWORD -eq 1 ]] && COMPREPLY=($(compgen -W '${[...names(commands), "help"].join(" ")}' -- "$word"))
  return 0
}
# Where nothing of this fits, names of files are completed.
complete -o default -F _kalint kalint
`;

const bashValue = (command: string, option: DescribedOption): readonly string[] => {
  if (option.choices.length > 0)
    return [`    '${command} ${option.name}') COMPREPLY=($(compgen -W '${option.choices.join(" ")}' -- "$word")); return ;;`];
  return option.value === undefined ? [] : [`    '${command} ${option.name}') return ;;`];
};

const bashArguments = ({ name, arguments: [first] }: DescribedCommand): readonly string[] => {
  if (first === undefined) return [`    ${name}) return ;;`];
  if (first.choices.length > 0) return [`    ${name}) COMPREPLY=($(compgen -W '${first.choices.join(" ")}' -- "$word")); return ;;`];
  return first.name === "RULE"
    ? [`    ${name}) COMPREPLY=($(compgen -W "$(kalint rules 2>/dev/null | cut -d' ' -f1)" -- "$word")); return ;;`]
    : [];
};

/** In single quotes, for zsh and fish. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const zsh = (commands: readonly DescribedCommand[]): string => `#compdef kalint
# kalint completion zsh > "\${fpath[1]}/_kalint"
_kalint() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${zshText(description)}`)}`).join("\n")}
  )
  local command=check
  if (( CURRENT > 2 )) && [[ -n "\${commands[(r)\${words[2]}:*]}" ]]; then
    command=\${words[2]}
    shift words
    (( CURRENT-- ))
  elif (( CURRENT == 2 )); then
    _describe command commands
  fi
  case $command in
${commands.map(({ name, options, arguments: given }) => `    ${name}) _arguments ${[...options.map(zshOption), ...given.map(zshArgument)].join(" ")} ;;`).join("\n")}
  esac
}
compdef _kalint kalint
`;

const zshText = (text: string): string => text.replaceAll(/[:[\]\\]/gu, String.raw`\$&`);

const zshOption = (option: DescribedOption): string => {
  const { name, description, value, choices } = option;
  const action = choices.length > 0 ? `(${choices.join(" ")})` : isFile(option) ? "_files" : "";
  return quoted(`*${name}[${zshText(description)}]${value === undefined ? "" : `:${value}:${action}`}`);
};

const zshArgument = ({ name, choices }: DescribedCommand["arguments"][number]): string =>
  quoted(`*:${zshText(name)}:${choices.length > 0 ? `(${choices.join(" ")})` : name.startsWith("PATH") ? "_files" : ""}`);

const fish = (commands: readonly DescribedCommand[]): string => {
  const all = names(commands).join(" ");
  const lines = commands.flatMap(({ name, description, options, arguments: [first] }) => {
    const within =
      name === "check" ? `not __fish_seen_subcommand_from ${all.replace(/\bcheck ?/u, "")}` : `__fish_seen_subcommand_from ${name}`;
    return [
      `complete -c kalint -n '__fish_use_subcommand' -a ${name} -d ${quoted(description)}`,
      ...(first !== undefined && first.choices.length > 0
        ? [`complete -c kalint -n '${within}' -f -a ${quoted(first.choices.join(" "))}`]
        : []),
      ...options.map((option) => {
        const takes =
          option.choices.length > 0
            ? ` -x -a ${quoted(option.choices.join(" "))}`
            : isFile(option)
              ? " -r"
              : option.value === undefined
                ? ""
                : " -x";
        return `complete -c kalint -n '${within}' -l ${option.name.slice(2)}${takes} -d ${quoted(option.description)}`;
      }),
    ];
  });
  return `# kalint completion fish > ~/.config/fish/completions/kalint.fish\n${lines.join("\n")}\n`;
};
