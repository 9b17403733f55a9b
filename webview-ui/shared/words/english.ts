/** The panel's words in English. */
import type { Progress } from "../../../src/contract/generation.ts";
import type { Language } from "../../../src/contract/tasks.ts";
import type { slashCommands } from "../../../src/contract/webview.ts";
import { counter, englishProgram } from "./english-program.ts";
import { englishResults } from "./english-results.ts";
import { englishReview } from "./english-review.ts";
import type { Formats } from "./format.ts";

type Command = (typeof slashCommands)[number];

export function english(format: Formats) {
  const { number } = format;
  const count = counter(format);
  const stages: Record<Progress["stage"], string> = {
    fetching: "Fetching Python",
    loading: "Loading Python",
    learning: "Learning from the examples",
    asking: "Asking the model",
    verifying: "Verifying",
    repairing: "Repairing",
    storing: "Storing",
  };
  const languages: Record<Language, string> = { javascript: "JavaScript", typescript: "TypeScript", python: "Python" };
  const commandHints: Record<Command, string> = {
    generate: "Write code from a description",
    transform: "Make a program from examples",
    explain: "Explain the selected code",
    fix: "Fix the selected code or its problems",
    test: "Write tests for the selected code",
    docs: "Document the selected code",
    validate: "Check the selected code",
  };
  const commandQuestions: Record<Command, string> = {
    generate: "Write this code",
    transform: "Transform each line as the examples show",
    explain: "Explain this code",
    fix: "Fix this code",
    test: "Write tests for this code",
    docs: "Write documentation for this code",
    validate: "Check this code",
  };

  return {
    ...englishProgram(format),
    results: englishResults(format),
    review: englishReview(format),
    conversation: "Conversation",
    composer: "Ask HAPA",
    defaultQuestion: "Transform each line as the examples show",
    commandHints,
    commandQuestions,

    backendStarting: "Starting…",
    backendFailed: "HAPA could not start",
    showLog: "Show log",
    runDoctor: "Run Doctor",

    newTitle: "New conversation",
    newConversation: "New conversation",
    history: "Conversations",
    more: "More actions",
    rename: "Rename…",
    exportConversation: "Export as Markdown…",
    deleteConversation: "Delete",
    settings: "Settings",
    log: "Log",
    doctor: "Doctor",
    titleLabel: "Title of the conversation",

    back: "Back to the conversation",
    searchConversations: "Search conversations",
    conversationList: "Conversations",
    searching: "Looking…",
    noConversations: "No conversations yet. Your questions and their answers are kept here, on this computer.",
    noMatches: (query: string) => `Nothing found for “${query}”.`,
    found: (n: number) => count(n, "conversation"),
    turns: (n: number) => count(n, "question"),
    ago: format.ago,
    renameLabel: (title: string) => `Rename “${title}”`,
    exportLabel: (title: string) => `Export “${title}” as Markdown`,
    deleteLabel: (title: string) => `Delete “${title}”`,
    untitled: "Untitled",
    deleted: (title: string) => `“${title}” was deleted.`,
    undo: "Undo",
    dismiss: "Dismiss",

    welcome: "Say what you want done to your data",
    welcomeDetail: "HAPA makes a small program for it, proves it on your examples and runs it on your machine.",
    tips: [
      { icon: "list-selection", text: "Select lines in the editor; they become the program’s input." },
      { icon: "arrow-right", text: "Give two or three examples, one “input => output” a line." },
      { icon: "check", text: "See the result on your own lines before anything changes." },
    ],
    trySample: "Try a sample",
    sampleTitle: "Turn “Last, First” into an e-mail address",
    sampleQuestion: "Make an e-mail address from each name",
    sampleExamples: [
      "Lovelace, Ada => ada.lovelace@example.com",
      "Hopper, Grace => grace.hopper@example.com",
      "Turing, Alan => alan.turing@example.com",
    ].join("\n"),

    noModelTitle: "No model is connected",
    noModelText: "Give examples and HAPA learns offline. To ask in words alone, connect a model.",
    chooseModel: "Choose model…",
    setApiKey: "Set API key…",

    questionLabel: "Question",
    questionPlaceholder: "Ask, / for commands, @ for files",
    examples: "Examples",
    examplesLabel: "Examples, one “input => output” a line",
    examplesPlaceholder: "One example a line:\nLovelace, Ada => ada.lovelace\nHopper, Grace => grace.hopper",
    examplesWithoutArrow: (line: number) => `Line ${line} of the examples has no “=>” between input and output.`,
    needsExamples: "Without a model, HAPA needs examples for this.",
    needsModel: (command: string) => `/${command} needs a model: choose one below.`,
    needsContext: (command: string) => `/${command} works on code: select some, or add a file with @.`,
    noTypescriptOffline: "Without a model, programs are written in JavaScript or Python: choose one of them.",
    languageLabel: "Language of the answer",
    languages,
    context: "Goes along with the question",
    contextLines: (file: string, lines: number) => `${file} · ${count(lines, "line")}`,
    problems: (n: number) => count(n, "problem"),
    contextProblems: (file: string, problems: number) => `${file} · ${count(problems, "problem")}`,
    contextSize: (path: string, lines: number) => `${path}, ${count(lines, "line")}`,
    contextRange: (path: string, first: number, last: number) => `${path}, lines ${number(first)} to ${number(last)}`,
    addContext: "Add a file",
    addChip: (label: string) => `Add ${label}`,
    removeChip: (label: string) => `Leave out ${label}`,
    removeCommand: (command: string) => `Remove /${command}`,
    commandList: "Commands",
    fileList: "Files",
    noFiles: "No file found",
    suggestions: (n: number) => count(n, "suggestion"),
    send: "Send",
    sendHint: "Send (Enter)",
    stop: "Stop",
    stopHint: "Stop (Escape)",

    modelPicker: (model: string) => `Model: ${model}`,
    modelMenu: "Model for the answers",
    offlineChoice: "Offline",
    offlineDetail: "learns from examples",
    lookingForModels: "Looking for models…",
    noModels: "No model found",
    setUp: "Set up…",

    you: "You",
    askedExamples: (n: number) => count(n, "example"),
    editQuestion: "Edit and ask again",
    editLabel: "Edited question",
    editLast: "The answer is made anew.",
    editDrops: (later: number) =>
      `The ${later === 1 ? "question" : `${number(later)} questions`} after it and their answers go.`,
    cancel: "Cancel",
    stages,
    waiting: "Waiting for an answer",
    answering: "Writing the answer",
    interrupted: "The window closed before the answer was whole. What had come is kept.",
    stopped: "Stopped.",
    failed: "This did not work",
    askAgain: "Ask again",
    askAgainIn: (ms: number) => `Ask again in ${format.remaining(ms)}`,
    mayAskAgain: "You may ask again now.",
    answerReady: "The answer is ready.",
    longBlock: "This part is too long to be formatted and is shown as it came.",
    jumpToLatest: "Jump to the latest",
    loadingEarlier: "Loading earlier questions…",

    answerActions: "About this answer",
    regenerate: "Answer again",
    copyAnswer: "Copy the answer",
    rateUp: "Good answer",
    rateDown: "Poor answer",
    commentUp: "What was good? (optional)",
    commentDown: "What was wrong? (optional)",
    sendComment: "Send comment",
    thanks: "Thank you: your comment is kept on this computer.",
    cached: "cached",
    tokens: (n: number) => count(n, "token"),
    tokensDetail: (sent: number, received: number) => `${number(sent)} sent, ${number(received)} received`,
    tokensUnknown: "tokens not told by the provider",
    cost: format.usd,
    elapsed: format.elapsed,

    checkedClean: "checked: no problems",
    checkedErrors: (n: number) => `checked: ${count(n, "error")}`,
    checkedWarnings: (n: number) => `checked: ${count(n, "warning")}`,
    checkedBoth: (errors: number, warnings: number) =>
      `checked: ${count(errors, "error")}, ${count(warnings, "warning")}`,
    moreIssues: (n: number) => `and ${number(n)} more`,

    copy: "Copy",
    insert: "Insert",
    open: "Open",
    copyLabel: "Copy this code",
    insertLabel: "Insert this code in the editor",
    openLabel: "Open this code in a new editor",
    code: "Code",
    codeIn: (language: string) => `Code, ${language}`,
    image: "image",
  };
}
