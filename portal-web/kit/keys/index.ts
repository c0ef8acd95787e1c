export { addCommands, type Command, holdKeys, listenToKeys, setSingleLetters, takesText } from "./registry";
export { useCommands, useHoldKeys, useKeys } from "./useKeys";
