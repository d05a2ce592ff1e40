# A chunk: one embind unit, one wasm file, one glue file that runs in every runtime once it is handed a
# compiled module. docs/building.md says what each flag is for and what it saves.
function(stactask_wasm_chunk name)
  # Small, but for the scanner, which is where the time goes.
  set(machine -flto -msimd128 -mbulk-memory -mnontrapping-fptoint -msign-ext)
  set(small -Oz -fno-vectorize -fno-slp-vectorize -fno-unroll-loops)
  target_compile_options(stactask_${name} PRIVATE ${machine} ${small})
  set_source_files_properties(src/json/scanner.cpp PROPERTIES COMPILE_OPTIONS "-O3")

  add_executable(${name} wasm/${name}.cpp wasm/no_printf.cpp)
  set_target_properties(${name} PROPERTIES SUFFIX .mjs)
  target_link_libraries(${name} PRIVATE stactask_${name})
  target_compile_definitions(${name} PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  target_compile_options(${name} PRIVATE ${machine} ${small} -Wall -Wextra -Werror)
  target_link_options(${name} PRIVATE ${machine} -Oz -fno-exceptions -fno-rtti --bind --no-entry
    -sMODULARIZE -sEXPORT_ES6 -sUSE_ES6_IMPORT_META=0 -sENVIRONMENT=web -sDYNAMIC_EXECUTION=0
    -sFILESYSTEM=0 -sMALLOC=emmalloc -sALLOW_MEMORY_GROWTH -sMAXIMUM_MEMORY=2GB
    -sINITIAL_MEMORY=1MB -sTOTAL_STACK=256KB -Wl,--stack-first
    -sSUPPORT_ERRNO=0 -sSUPPORT_LONGJMP=0
    -sINCOMING_MODULE_JS_API=['instantiateWasm'])
endfunction()
