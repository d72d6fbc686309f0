from engine.training.vocoder.command import main

raise SystemExit(main())
