export { ExportMenu } from "./ExportMenu";
export { type FileFormat, type FileOperations, type MadeFile, useStartFile } from "./files";
export { MadeFiles } from "./MadeFiles";
