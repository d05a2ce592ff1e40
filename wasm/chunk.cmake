# A chunk: one embind unit, one wasm file, one glue file that runs in every runtime once it is handed a
# compiled module. docs/building.md says what each flag is for. Behind the name stand the libraries of the
# parts where the time goes; all else is small.
function(stactask_wasm_chunk name)
  set(machine -flto -msimd128 -mbulk-memory -mnontrapping-fptoint -msign-ext)
  set(plain -fno-vectorize -fno-slp-vectorize -fno-unroll-loops)
  target_compile_options(stactask_${name} PRIVATE ${machine} ${plain} -Oz)
  set(hot_objects)
  foreach(hot ${ARGN})
    target_compile_options(${hot} PRIVATE ${machine} ${plain} -O2)
    list(APPEND hot_objects $<TARGET_OBJECTS:${hot}>)
  endforeach()

  add_executable(${name} ${hot_objects}
    wasm/${name}.cpp wasm/arena.cpp wasm/call_memory.cpp wasm/embind_types.cpp)
  set_target_properties(${name} PROPERTIES SUFFIX .mjs)
  target_link_libraries(${name} PRIVATE stactask_${name})
  target_compile_definitions(${name} PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  target_compile_options(${name} PRIVATE ${machine} ${plain} -Oz -Wall -Wextra -Werror)
  target_link_options(${name} PRIVATE ${machine} -Oz -fno-exceptions -fno-rtti
    # Embind without its own list of types (--bind would link it): wasm/embind_types.cpp.
    "--js-library=${EMSCRIPTEN_ROOT_PATH}/src/embind/embind.js"
    "--js-library=${EMSCRIPTEN_ROOT_PATH}/src/embind/emval.js"
    --no-entry
    -sMODULARIZE -sEXPORT_ES6 -sUSE_ES6_IMPORT_META=0 -sENVIRONMENT=web -sDYNAMIC_EXECUTION=0
    -sFILESYSTEM=0 -sMALLOC=none -sALLOW_MEMORY_GROWTH -sMAXIMUM_MEMORY=2GB
    -sINITIAL_MEMORY=1MB -sTOTAL_STACK=256KB -Wl,--stack-first
    -sSUPPORT_ERRNO=0 -sSUPPORT_LONGJMP=0
    -sINCOMING_MODULE_JS_API=['instantiateWasm'])
endfunction()
