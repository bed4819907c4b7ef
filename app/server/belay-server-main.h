/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

int belay_server_main (int argc,
                       char *argv[]);
