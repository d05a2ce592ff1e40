/** Written by the build: the files of the package that a browser can come to need. */
declare const PACKAGE_FILES: { name: string; size: number; brotli: number }[];
