// doctest without exceptions, as the core is built: a failed REQUIRE ends the run.
#pragma once

#define DOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS
#include <doctest/doctest.h>
