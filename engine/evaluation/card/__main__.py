from engine.evaluation.card.command import main

raise SystemExit(main())
